/** Where the keyboard is in a grid of many rows. `anchor`: where a range begins. */
export type GridFocus = { active: number; anchor: number };

export type GridMove = {
	focus: GridFocus;
	/** Rows to tick, both ends included; `toggle` turns one over, `all` turns every row over. */
	ticks: { from: number; to: number } | { toggle: number } | "all" | null;
};

type GridKey = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/**
 * What a key does in a grid, or null when it is none of the grid's: arrows, Page Up and Down, Home and End move, with Shift they tick what
 * they pass; Space ticks, with Shift up to the anchor; Ctrl+A ticks everything.
 */
export function gridMove(
	{ key, shiftKey, ctrlKey, metaKey }: GridKey,
	{ active, anchor }: GridFocus,
	{ count, page }: { count: number; page: number },
): GridMove | null {
	if (count === 0) return null;
	const command = ctrlKey || metaKey;
	if (command && key.toLowerCase() === "a") return { focus: { active, anchor }, ticks: "all" };
	if (key === " " && !command) {
		return shiftKey
			? { focus: { active, anchor }, ticks: range(anchor, active) }
			: { focus: { active, anchor: active }, ticks: { toggle: active } };
	}
	const steps = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page };
	const ends = { Home: 0, End: count - 1 };
	const wanted = new Map(Object.entries({ ...steps, ...ends })).get(key);
	if (wanted === undefined) return null;
	const next = Math.min(Math.max(wanted, 0), count - 1);
	if (!shiftKey) return { focus: { active: next, anchor: next }, ticks: null };
	return { focus: { active: next, anchor }, ticks: range(anchor, next) };
}

/** What a press on a row does: it ticks that one, with Shift all from the anchor on. */
export function gridPress(row: number, shiftKey: boolean, { anchor }: GridFocus): GridMove {
	if (shiftKey) return { focus: { active: row, anchor }, ticks: range(anchor, row) };
	return { focus: { active: row, anchor: row }, ticks: { toggle: row } };
}

const range = (one: number, other: number) => ({ from: Math.min(one, other), to: Math.max(one, other) });

/** Rows beyond the window, above and below: a quick scroll shows no gap before the next frame. */
const overscan = 6;

/** The rows to draw: `from` included, `to` not. Heights in CSS pixels. */
export function visibleRows(
	{ scrollTop, height, rowHeight }: { scrollTop: number; height: number; rowHeight: number },
	count: number,
): { from: number; to: number } {
	const first = Math.floor(scrollTop / rowHeight) - overscan;
	const last = Math.ceil((scrollTop + height) / rowHeight) + overscan;
	const from = Math.min(Math.max(first, 0), Math.max(count - 1, 0));
	return { from, to: Math.max(Math.min(last, count), from) };
}
