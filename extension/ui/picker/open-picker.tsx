import { render } from "preact";
import type { PickedReply, PickRequest } from "../../capture/picker/handover.ts";
import { openFrame } from "./frame.ts";
import { Picker } from "./picker.tsx";

/** What the picker needs of the page it is opened over. */
export type PickerPage = {
	window: Window;
	/** Hands the recipe to the background. */
	send: (recipe: unknown) => Promise<PickedReply>;
};

/** Opens the picker over the page. One that is open already gives way to it. */
export function openPicker(request: PickRequest, { window, send }: PickerPage): void {
	const frame = openFrame(window.document);
	const isDark =
		request.theme === "system" ? window.matchMedia("(prefers-color-scheme: dark)").matches : request.theme === "dark";
	// Left where it was found, so that the person goes on where they were.
	const focused = window.document.activeElement;
	const close = () => {
		render(null, frame.root);
		frame.close();
		if (focused instanceof HTMLElement) focused.focus();
	};
	render(
		<Picker
			request={request}
			frame={frame}
			page={window}
			scheme={isDark ? "dark" : "light"}
			send={send}
			onClose={close}
		/>,
		frame.root,
	);
}
