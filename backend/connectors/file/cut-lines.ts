import type { Cut } from "./pieces.ts";
import { carriageReturn, lineFeed, type Units } from "./units.ts";

/** Every line that is not empty is a piece: a list of entries with one on each line. Pure, see `Cutter`. */
export function cutLine(units: Units, from: number, isAll: boolean): Cut {
	const start = afterBreaks(units, from);
	const end = lineEnd(units, start);
	if (end === null && !isAll) return { kind: "more" };
	if (start >= units.length) return { kind: "end" };
	if (end === null) return { kind: "piece", start, end: units.length, next: units.length };
	const next = nextLine(units, end, isAll);
	return next === null ? { kind: "more" } : { kind: "piece", start, end, next };
}

/** The first unit that is no line break. */
export function afterBreaks(units: Units, from: number): number {
	let at = from;
	while (units[at] === lineFeed || units[at] === carriageReturn) at += 1;
	return at;
}

/** The line break that ends what begins at `from`; null: none is there. */
export function lineEnd(units: Units, from: number): number | null {
	for (let at = from; at < units.length; at += 1) {
		const unit = units[at];
		if (unit === lineFeed || unit === carriageReturn) return at;
	}
	return null;
}

/** Behind the line break at `at`, with both of its halves; null: the second half may be in what is not there yet. */
export function nextLine(units: Units, at: number, isAll: boolean): number | null {
	if (units[at] === lineFeed) return at + 1;
	if (at + 1 >= units.length && !isAll) return null;
	return units[at + 1] === lineFeed ? at + 2 : at + 1;
}
