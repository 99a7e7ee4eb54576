import { isPickable } from "../../capture/picker/walk.ts";

/** The part of the page under a point of the window, under the picker's own frame; null where there is nothing to take. */
export function elementAt(page: Document, host: Element, { x, y }: { x: number; y: number }): Element | null {
	for (const element of page.elementsFromPoint(x, y)) {
		if (element === host || /^(HTML|BODY)$/i.test(element.tagName)) continue;
		// A picture with a transparent sheet over it is still the picture.
		if (isPickable(element)) return element;
	}
	return null;
}

export type Box = { left: number; top: number; width: number; height: number };

/** Where an element is in the window now. */
export function boxOf(element: Element): Box {
	const { left, top, width, height } = element.getBoundingClientRect();
	return { left, top, width, height };
}

export const sameBoxes = (one: readonly Box[], other: readonly Box[]): boolean =>
	one.length === other.length &&
	one.every((box, at) => {
		const next = other[at];
		return (
			next !== undefined &&
			box.left === next.left &&
			box.top === next.top &&
			box.width === next.width &&
			box.height === next.height
		);
	});
