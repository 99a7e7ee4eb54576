import { describe, expect, test } from "bun:test";
import { gridMove, gridPress, visibleRows } from "./grid-keys.ts";

const bare = { shiftKey: false, ctrlKey: false, metaKey: false };
const size = { count: 5_000, page: 20 };
const move = (key: string, focus = { active: 10, anchor: 10 }, more: Partial<typeof bare> = {}) =>
	gridMove({ key, ...bare, ...more }, focus, size);

describe("CAP-3: the keyboard in a grid of 5,000 rows", () => {
	test.each([
		["ArrowDown", 11],
		["ArrowUp", 9],
		["PageDown", 30],
		["PageUp", 0],
		["Home", 0],
		["End", 4_999],
	])("%s moves and ticks nothing", (key, active) => {
		expect(move(key)).toEqual({ focus: { active, anchor: active }, ticks: null });
	});

	test("the ends hold", () => {
		expect(move("ArrowUp", { active: 0, anchor: 0 })?.focus.active).toBe(0);
		expect(move("ArrowDown", { active: 4_999, anchor: 0 })?.focus.active).toBe(4_999);
		expect(gridMove({ key: "ArrowDown", ...bare }, { active: 0, anchor: 0 }, { count: 0, page: 1 })).toBeNull();
	});

	test("with Shift an arrow ticks from the anchor, in both directions", () => {
		const shift = { shiftKey: true };
		expect(move("ArrowDown", { active: 12, anchor: 10 }, shift)).toEqual({
			focus: { active: 13, anchor: 10 },
			ticks: { from: 10, to: 13 },
		});
		expect(move("ArrowUp", { active: 8, anchor: 10 }, shift)?.ticks).toEqual({ from: 7, to: 10 });
	});

	test("Space turns one over and anchors there, with Shift ticks up to the anchor; Ctrl+A and ⌘A tick all", () => {
		expect(move(" ", { active: 4, anchor: 1 })).toEqual({ focus: { active: 4, anchor: 4 }, ticks: { toggle: 4 } });
		expect(move(" ", { active: 4, anchor: 1 }, { shiftKey: true })?.ticks).toEqual({ from: 1, to: 4 });
		expect(move("a", undefined, { ctrlKey: true })?.ticks).toBe("all");
		expect(move("A", undefined, { metaKey: true })?.ticks).toBe("all");
	});

	test("other keys are not the grid's", () => {
		for (const key of ["a", "Tab", "Enter", "Escape"]) expect(move(key)).toBeNull();
		expect(move(" ", undefined, { ctrlKey: true })).toBeNull();
	});

	test("a press ticks one, with Shift all from the last one on", () => {
		expect(gridPress(7, false, { active: 0, anchor: 0 })).toEqual({
			focus: { active: 7, anchor: 7 },
			ticks: { toggle: 7 },
		});
		expect(gridPress(9, true, { active: 7, anchor: 7 }).ticks).toEqual({ from: 7, to: 9 });
	});
});

describe("CAP-3: of 5,000 rows only those in sight are drawn", () => {
	const view = { scrollTop: 0, height: 300, rowHeight: 30 };

	test("with a few more above and below", () => {
		expect(visibleRows(view, 5_000)).toEqual({ from: 0, to: 16 });
		expect(visibleRows({ ...view, scrollTop: 30_000 }, 5_000)).toEqual({ from: 994, to: 1_016 });
	});

	test("at the end, of few rows, of none, and scrolled further than there are rows any more", () => {
		expect(visibleRows({ ...view, scrollTop: 149_700 }, 5_000)).toEqual({ from: 4_984, to: 5_000 });
		expect(visibleRows(view, 3)).toEqual({ from: 0, to: 3 });
		expect(visibleRows(view, 0)).toEqual({ from: 0, to: 0 });
		expect(visibleRows({ ...view, scrollTop: 90_000 }, 10)).toEqual({ from: 9, to: 10 });
	});
});
