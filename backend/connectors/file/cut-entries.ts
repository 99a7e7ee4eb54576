import type { Cut } from "./pieces.ts";
import { carriageReturn, lineFeed, quote, space, type Units } from "./units.ts";

const [tab, comma, backslash, openList, closeList, openEntry, closeEntry] = [9, 44, 92, 91, 93, 123, 125];
const between = new Set([space, tab, lineFeed, carriageReturn, comma]);

/** Cuts the inside of a list, from behind its opening bracket, into its entries. Pure, see `Cutter`. */
export function cutEntry(units: Units, from: number, isAll: boolean): Cut {
	let start = from;
	while (start < units.length && between.has(units[start] ?? 0)) start += 1;
	if (start >= units.length) return isAll ? { kind: "end" } : { kind: "more" };
	if (units[start] === closeList) return { kind: "end" };
	const end = valueEnd(units, start);
	if (end !== null) return { kind: "piece", start, end, next: end };
	// The file was cut off in the middle of an entry, or the entry has no end in sight: nothing behind it can be told from its inside.
	return isAll ? { kind: "open", start, next: null } : { kind: "more" };
}

/** Behind the value that begins at `start`, whatever it is; null: it does not end in what is there. */
function valueEnd(units: Units, start: number): number | null {
	let depth = 0;
	for (let at = start; at < units.length; at += 1) {
		const unit = units[at];
		if (unit === quote) {
			const closing = textEnd(units, at + 1);
			if (closing === null) return null;
			at = closing;
			if (depth === 0) return at + 1;
		} else if (unit === openEntry || unit === openList) depth += 1;
		else if (unit === closeEntry || unit === closeList) {
			depth -= 1;
			if (depth === 0) return at + 1;
			// The bracket of the whole list: what stood before it was a number or a word.
			if (depth < 0) return at;
		} else if (depth === 0 && between.has(unit ?? 0)) return at;
	}
	return null;
}

/** The quote that closes a text: one with an even number of backslashes before it. */
export function textEnd(units: Units, from: number): number | null {
	for (let at = units.indexOf(quote, from); at !== -1; at = units.indexOf(quote, at + 1)) {
		let slashes = 0;
		while (at - 1 - slashes >= from && units[at - 1 - slashes] === backslash) slashes += 1;
		if (slashes % 2 === 0) return at;
	}
	return null;
}
