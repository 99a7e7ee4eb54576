import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Moves the focus to a part of the page that is only drawn with the next change of it. @param root where to look */
export function useFocusOn(root: RefObject<HTMLElement | null>): (selector: string) => void {
	const [wanted, want] = useState<{ selector: string } | null>(null);
	useEffect(() => {
		if (wanted === null) return;
		const found = root.current?.querySelector<HTMLElement>(wanted.selector);
		found?.focus();
		found?.scrollIntoView({ block: "nearest" });
	}, [wanted, root]);
	return (selector) => want({ selector });
}
