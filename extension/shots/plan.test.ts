import { expect, test } from "bun:test";
import { pieceIn, planViews, type Region } from "./plan.ts";

const view = { width: 1_000, height: 800 };
const page = (height: number): Region => ({ left: 0, top: 0, width: 1_000, height });

test("BLOB-1: a whole page is scrolled from the top down, view after view", () => {
	expect(planViews(page(2_000), view, 1)).toEqual({ tops: [0, 800, 1_600], width: 1_000, height: 2_000, isCut: false });
	expect(planViews(page(300), view, 1)).toEqual({ tops: [0], width: 1_000, height: 300, isCut: false });
});

test("BLOB-1: what no canvas holds is cut, on a fine screen sooner, and said to be", () => {
	expect(planViews(page(100_000), view, 1)).toMatchObject({ height: 16_384, isCut: true });
	expect(planViews(page(100_000), view, 2)).toMatchObject({ height: 8_192, isCut: true });
	const wide = planViews({ ...page(100_000), width: 7_000 }, { width: 7_000, height: 800 }, 1);
	expect(wide).toMatchObject({ height: Math.floor(64_000_000 / 7_000), isCut: true });
	expect(wide.tops).toHaveLength(Math.ceil(wide.height / 800));
});

test("BLOB-1: at the end of a page the window stands higher than it was sent, and nothing is drawn twice or left out", () => {
	const region = page(2_000);
	const pieces = [0, 800, 1_200].map((y) => pieceIn(region, { ...view, x: 0, y }, 2));
	expect(pieces).toEqual([
		{ from: { x: 0, y: 0 }, to: { x: 0, y: 0 }, width: 2_000, height: 1_600 },
		{ from: { x: 0, y: 0 }, to: { x: 0, y: 1_600 }, width: 2_000, height: 1_600 },
		{ from: { x: 0, y: 0 }, to: { x: 0, y: 2_400 }, width: 2_000, height: 1_600 },
	]);
});

test("BLOB-1: of one element only what is of it is drawn, and of a view beside it nothing", () => {
	const element: Region = { left: 100, top: 900, width: 300, height: 200 };
	expect(planViews(element, view, 1).tops).toEqual([900]);
	expect(pieceIn(element, { ...view, x: 0, y: 850 }, 1)).toEqual({
		from: { x: 100, y: 50 },
		to: { x: 0, y: 0 },
		width: 300,
		height: 200,
	});
	expect(pieceIn(element, { ...view, x: 0, y: 0 }, 1)).toBeNull();
});
