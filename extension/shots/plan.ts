/** A part of a page in its own pixels, from the top left of the whole document. */
export type Region = { left: number; top: number; width: number; height: number };

/** The window on the page: how much of the document it shows, and where it is scrolled to. */
export type View = { width: number; height: number; x: number; y: number };

/** Chromium and Firefox draw nothing on a canvas that is longer on one side, in pixels of the picture. */
const maxSidePx = 16_384;
/** 256 MB of memory at four bytes a pixel. */
const maxAreaPx = 64_000_000;

/**
 * Where to scroll to for a region, and how much of it fits into a picture.
 * @param scale pixels of the picture for one of the page: the screen's and the page's zoom
 * @returns `tops`: the places to scroll to, from the top down; `height`: how much of the region they show
 */
export function planViews(
	region: Region,
	view: Pick<View, "width" | "height">,
	scale: number,
): { tops: number[]; width: number; height: number; isCut: boolean } {
	const width = Math.max(1, Math.min(region.width, view.width, Math.floor(maxSidePx / scale)));
	const fits = Math.floor(Math.min(maxSidePx / scale, maxAreaPx / (width * scale * scale)));
	const height = Math.max(1, Math.min(region.height, fits));
	const tops = Array.from(
		{ length: Math.max(1, Math.ceil(height / view.height)) },
		(_, place) => region.top + place * view.height,
	);
	return { tops, width, height, isCut: height < Math.floor(region.height) };
}

/** What of one view is drawn, and where: all in pixels of the picture. */
export type Piece = { from: { x: number; y: number }; to: { x: number; y: number }; width: number; height: number };

/**
 * The piece of a region that a view shows. At the end of a page the window stands higher than it was sent, so that its place and not the
 * planned one counts. null: it shows nothing of it.
 */
export function pieceIn(region: Region, view: View, scale: number): Piece | null {
	const top = Math.max(region.top, view.y);
	const bottom = Math.min(region.top + region.height, view.y + view.height);
	const left = Math.max(region.left, view.x);
	const right = Math.min(region.left + region.width, view.x + view.width);
	if (bottom <= top || right <= left) return null;
	const px = (length: number) => Math.round(length * scale);
	return {
		from: { x: px(left - view.x), y: px(top - view.y) },
		to: { x: px(left - region.left), y: px(top - region.top) },
		width: px(right - left),
		height: px(bottom - top),
	};
}
