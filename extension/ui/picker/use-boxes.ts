import { useEffect, useState } from "preact/hooks";
import { type Box, boxOf, sameBoxes } from "./point-at.ts";

/** Where elements of the page are, kept right while it scrolls, loads and moves; drawn anew only when one has moved. */
export function useBoxes(elements: readonly Element[], page: Window): Box[] {
	const [boxes, setBoxes] = useState<Box[]>([]);
	useEffect(() => {
		let frame = 0;
		const look = () => {
			const now = elements.filter((element) => element.isConnected).map(boxOf);
			setBoxes((before) => (sameBoxes(before, now) ? before : now));
			frame = page.requestAnimationFrame(look);
		};
		look();
		return () => page.cancelAnimationFrame(frame);
	}, [elements, page]);
	return boxes;
}
