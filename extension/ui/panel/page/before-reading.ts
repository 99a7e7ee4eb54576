import type { FoundTable } from "../../../capture/tables/types.ts";
import { type Collection, collectionOf, goesBeyondPage, sentOf } from "../../../settings/collections.ts";

/** Rows that reading another table would drop: gathered beyond the page, and not sent since. null: there are none. */
export async function rowsAtStake(tabId: number): Promise<Collection | null> {
	const [held, sent] = await Promise.all([collectionOf(tabId).getValue(), sentOf(tabId).getValue()]);
	if (held === null || !goesBeyondPage(held)) return null;
	return sent?.id === held.id && sent.rows === held.rows ? null : held;
}

/**
 * Whether a table that comes to be looked at is to be read: only its first rows came with it. One whose rows were gathered already is left as it
 * is, but when the person asked for it `anew`.
 */
export async function isToRead(tabId: number, table: FoundTable, anew: boolean): Promise<boolean> {
	const held = await collectionOf(tabId).getValue();
	const isOwn = held?.table.id === table.id;
	if (isOwn && anew) return true;
	return table.total > table.rows.length && !(isOwn && goesBeyondPage(held));
}
