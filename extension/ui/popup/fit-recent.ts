import type { LocalRecord } from "../../outbox/types.ts";
import type { Card } from "../local/cards.ts";

/**
 * Lines under the record, for which the foot has room from the start (`.foot` in recent.css): what becomes of a record moves nothing above the
 * list. Less where what is wrong takes its part of the room.
 */
const maxLines = { well: 4, ill: 2 };

export type Fitting = {
	/** Newest first. */
	shown: Card[];
	/** How many records need the person besides; they have a line together. */
	olderNeedYou: number;
};

/**
 * As many of the newest as there are lines for. One that needs the person takes three, for its reason and its button; a capture to
 * several targets one more, for its title.
 * `needYou`: how many records need the person altogether, read or not.
 */
export function fitRecent(cards: readonly Card[], needYou: number, health: keyof typeof maxLines = "well"): Fitting {
	const lines = maxLines[health];
	const shown = fit(cards, lines);
	if (needYou === count(shown)) return { shown, olderNeedYou: 0 };
	const fewer = fit(cards, lines - 1);
	return { shown: fewer, olderNeedYou: needYou - count(fewer) };
}

function fit(cards: readonly Card[], lines: number): Card[] {
	let left = lines;
	const fitting: Card[] = [];
	for (const card of cards) {
		// The newest is shown whatever it takes: it is what the person has just done.
		left -= fitting.length === 0 ? Math.min(lines, linesOf(card)) : linesOf(card);
		if (left < 0) break;
		fitting.push(card);
	}
	return fitting;
}

function linesOf(card: Card): number {
	const own = card.reduce((lines, { state }) => lines + (state === "needs_you" ? 3 : 1), 0);
	return card.length > 1 ? own + 1 : own;
}

const count = (cards: readonly (readonly Pick<LocalRecord, "state">[])[]): number =>
	cards.flat().filter(({ state }) => state === "needs_you").length;
