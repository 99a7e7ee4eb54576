import { afterBreaks, lineEnd, nextLine } from "./cut-lines.ts";
import type { Cut, Cutter } from "./pieces.ts";
import { carriageReturn, lineFeed, quote, space, type Units } from "./units.ts";

/**
 * Cuts a table into rows as RFC 4180 has them: a line break inside of quotes is a part of its cell. Lines without anything are no rows. A
 * quote that never closes is given up and reading goes on in the next line, so that one stray quote does not take the rest of the file along.
 */
export function rowCutter(delimiter: number): Cutter {
	return (units, from, isAll) => {
		const start = afterBreaks(units, from);
		if (start >= units.length) return isAll ? { kind: "end" } : { kind: "more" };
		const end = rowEnd(units, start, delimiter);
		if (end.kind === "break") {
			const next = nextLine(units, end.at, isAll);
			return next === null ? { kind: "more" } : { kind: "piece", start, end: end.at, next };
		}
		if (!isAll) return { kind: "more" };
		if (end.kind === "plain") return { kind: "piece", start, end: units.length, next: units.length };
		return givenUp(units, start);
	};
}

function givenUp(units: Units, start: number): Cut {
	const end = lineEnd(units, start);
	return { kind: "open", start, next: end === null ? null : (nextLine(units, end, true) ?? null) };
}

/** `plain` and `quoted`: no end is there, and what stands there is outside or inside of quotes. */
type RowEnd = { kind: "break"; at: number } | { kind: "plain" } | { kind: "quoted" };

/** Quotes mean something where a cell begins, spaces before them or not, and nowhere else. */
function rowEnd(units: Units, start: number, delimiter: number): RowEnd {
	let isBeginning = true;
	for (let at = start; at < units.length; at += 1) {
		const unit = units[at];
		if (unit === lineFeed || unit === carriageReturn) return { kind: "break", at };
		if (unit === delimiter) isBeginning = true;
		else if (unit === quote && isBeginning) {
			const closing = closingQuote(units, at + 1);
			if (closing === null) return { kind: "quoted" };
			at = closing;
			isBeginning = false;
		} else if (unit !== space) isBeginning = false;
	}
	return { kind: "plain" };
}

/** Two quotes are one in the text. Whether a last one is half of two shows when more is there: the row is cut anew then. */
function closingQuote(units: Units, from: number): number | null {
	for (let at = units.indexOf(quote, from); at !== -1; at = units.indexOf(quote, at + 2)) {
		if (units[at + 1] !== quote) return at;
	}
	return null;
}
