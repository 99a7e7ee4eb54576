import { captureKey } from "../../outbox/record-row.ts";
import type { LocalRecord } from "../../outbox/types.ts";

/** One capture as lists show it: its records, one for each target. */
export type Card = readonly [LocalRecord, ...LocalRecord[]];

/** Records by capture; each stands where its first record stood. */
export function cardsOf(records: readonly LocalRecord[]): Card[] {
	const cards = new Map<string, [LocalRecord, ...LocalRecord[]]>();
	for (const record of records) {
		const card = cards.get(captureKey(record));
		if (card) card.push(record);
		else cards.set(captureKey(record), [record]);
	}
	return [...cards.values()];
}
