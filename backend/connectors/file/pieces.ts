import type { ByteWindow } from "./byte-window.ts";
import { carriageReturn, lineFeed, textOf, type Units } from "./units.ts";

/**
 * What stands at a place among the units. `piece`: from `start` to before `end`, and the next one is looked for at `next`. `more`: it does
 * not end in what is there. `open`: the file ends before it does, or it is too large to be looked for its end; `next` is where reading goes
 * on after giving it up (`null`: nowhere). `end`: nothing comes any more.
 */
export type Cut =
	| { kind: "piece"; start: number; end: number; next: number }
	| { kind: "more" }
	| { kind: "open"; start: number; next: number | null }
	| { kind: "end" };

/**
 * How a kind of file is cut into pieces, one for each row. Pure, and begun anew at `from` whenever there is more to look at: wherever the
 * border of two reads falls, the pieces are the same.
 *
 * @param isAll whether `units` reach to the end of the file, or as far as a piece is looked for at all: `more` is no answer then
 */
export type Cutter = (units: Units, from: number, isAll: boolean) => Cut;

/** A place between two rows. `offset` in bytes from the beginning of the file, `line` counted from 1. */
export type Place = { offset: number; line: number };

export type Piece = {
	/** The line it begins in. */
	line: number;
	/** Null: it was given up, see `why`. */
	text: string | null;
	why: "open" | "long" | null;
	/** Where to go on after it. */
	next: Place;
};

/** Longer pieces can be no record; their end is looked for, and they are told. */
const maxUnits = 1024 * 1024;
/** Where a piece is not at its end after so many units, it is given up. */
const maxWindow = 8 * 1024 * 1024;

/** The pieces of a file from a place on, with no more of it in memory than the largest piece and a read ahead. */
export async function* piecesOf(window: ByteWindow, cutter: Cutter, from: Place): AsyncGenerator<Piece, void, void> {
	let { line } = from;
	let at = 0;
	await window.openAt(from.offset);
	for (;;) {
		const { units } = window;
		const cut = cutter(units, at, window.isAtEnd || units.length - at > maxWindow);
		if (cut.kind === "end") return;
		if (cut.kind === "more") {
			await window.grow(at);
			at = 0;
			continue;
		}
		const startLine = line + breaksIn(units, at, cut.start);
		const next = cut.next ?? units.length;
		line = startLine + breaksIn(units, cut.start, next);
		const why = cut.kind === "open" ? "open" : cut.end - cut.start > maxUnits ? "long" : null;
		const text = cut.kind === "piece" && why === null ? textOf(units.subarray(cut.start, cut.end)) : null;
		yield { line: startLine, text, why, next: { offset: window.offsetOf(next), line } };
		if (cut.next === null) return;
		at = next;
	}
}

/** Line breaks of all three kinds; a cutter leaves no pair of them apart. */
function breaksIn(units: Units, from: number, to: number): number {
	const part = units.subarray(from, to);
	let breaks = 0;
	for (let at = part.indexOf(lineFeed); at !== -1; at = part.indexOf(lineFeed, at + 1)) breaks += 1;
	for (let at = part.indexOf(carriageReturn); at !== -1; at = part.indexOf(carriageReturn, at + 1))
		if (part[at + 1] !== lineFeed) breaks += 1;
	return breaks;
}
