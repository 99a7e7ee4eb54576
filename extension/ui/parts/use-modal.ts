import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/**
 * Opens a dialog as a modal once it is drawn. A native dialog gives the focus back when it is closed, and to nobody when it is
 * taken out of the page; here it goes back either way.
 */
export function useModal(): RefObject<HTMLDialogElement | null> {
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		const opened = dialog.current;
		const before = document.activeElement;
		opened?.showModal();
		return () => {
			opened?.close();
			if (before instanceof HTMLElement) before.focus();
		};
	}, []);
	return dialog;
}
