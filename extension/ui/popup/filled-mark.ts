import { useEffect } from "preact/hooks";

/** Left once, when the page's record has been drawn with its fields. Measurements and tests wait for it. */
const filledMark = "sheaf:popup-filled";

/** Marks the first frame after the record was drawn: that is when a person sees it. */
export function useFilledMark(isFilled: boolean): void {
	useEffect(() => {
		if (isFilled) requestAnimationFrame(() => performance.mark(filledMark));
	}, [isFilled]);
}
