import type { LocalRecord } from "../../outbox/types.ts";
import type { Card } from "../local/cards.ts";

/** Lines under the record. More, and the list would push the record itself out of sight. */
const maxLines = 4;

export type Fitting = {
	/** Newest first. */
	shown: Card[];
	/** How many records need the person besides; they have a line together. */
	olderNeedYou: number;
};

/**
 * As many of the newest as there are lines for. One that needs the person takes two, for its reason and its button; a capture to
 * several targets one more, for its title.
 * `needYou`: how many records need the person altogether, read or not.
 */
export function fitRecent(cards: readonly Card[], needYou: number): Fitting {
	const shown = fit(cards, maxLines);
	if (needYou === count(shown)) return { shown, olderNeedYou: 0 };
	const fewer = fit(cards, maxLines - 1);
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
	const own = card.reduce((lines, { state }) => lines + (state === "needs_you" ? 2 : 1), 0);
	return card.length > 1 ? own + 1 : own;
}

const count = (cards: readonly (readonly Pick<LocalRecord, "state">[])[]): number =>
	cards.flat().filter(({ state }) => state === "needs_you").length;
