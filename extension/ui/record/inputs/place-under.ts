const gapPx = 4;

/** Puts what floats under a box and as wide as it; above it where there is no room below. */
export function placeUnder(floating: HTMLElement, box: HTMLElement): void {
	const anchor = box.getBoundingClientRect();
	const below = innerHeight - anchor.bottom - 2 * gapPx;
	const above = anchor.top - 2 * gapPx;
	floating.style.inlineSize = `${anchor.width}px`;
	floating.style.left = `${anchor.left}px`;
	const isBelow = below >= Math.min(floating.scrollHeight, above);
	floating.style.maxBlockSize = `${Math.max(80, isBelow ? below : above)}px`;
	floating.style.top = isBelow
		? `${anchor.bottom + gapPx}px`
		: `${Math.max(gapPx, anchor.top - gapPx - floating.offsetHeight)}px`;
}
