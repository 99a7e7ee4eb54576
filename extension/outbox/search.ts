import type { FieldValue } from "../../backend/contract/fields.ts";
import type { Reading } from "./database.ts";
import { captureKey, withoutOwnColumns } from "./record-row.ts";
import type { RecordRow } from "./schema.ts";
import type { LocalRecord } from "./types.ts";

/** What is asked for, and how many captures of it at most. */
export type Search = { text: string; limit: number };

/** Without case and accents, so that "cafe" finds "Café". */
const folded = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** The words of a search; all of them have to be somewhere in a record. */
export function searchWords(text: string): string[] {
	return folded(text)
		.split(/\s+/)
		.filter((word) => word !== "");
}

function textOf(field: FieldValue): string {
	switch (field.type) {
		case "currency":
			return `${field.value.amount} ${field.value.currency}`;
		case "list":
			return field.value.join(" ");
		default:
			return String(field.value);
	}
}

/** Whether every word is in the record's title, address or fields. */
export function isFound({ source, fields }: Pick<RecordRow, "source" | "fields">, words: readonly string[]): boolean {
	const text = folded([source.title, source.url, ...Object.values(fields).map(textOf)].join("\n"));
	return words.every((word) => text.includes(word));
}

/**
 * The newest captures on this device that hold every word, one record of each; nothing for a text without words. Goes through the rows
 * newest first and stops when it has enough: an index over texts would cost every capture more than a search now and then.
 */
export async function searchRecords(
	transaction: Reading,
	places: readonly string[],
	{ text, limit }: Search,
): Promise<LocalRecord[]> {
	const words = searchWords(text);
	if (words.length === 0) return [];
	const found = await Promise.all(places.map((place) => searchIn(transaction, place, { words, limit })));
	const newest = found.flat().sort((a, b) => b.updatedAt - a.updatedAt);
	return newest.slice(0, limit).map(withoutOwnColumns);
}

type WordSearch = { words: readonly string[]; limit: number };

async function searchIn(transaction: Reading, place: string, { words, limit }: WordSearch): Promise<RecordRow[]> {
	const found = new Map<string, RecordRow>();
	const range = IDBKeyRange.bound([place], [place, []]);
	let cursor = await transaction.objectStore("records").index("byWorkspaceUpdated").openCursor(range, "prev");
	while (cursor && found.size < limit) {
		const row = cursor.value;
		const key = captureKey(row);
		if (row.supersededBy === null && !found.has(key) && isFound(row, words)) found.set(key, row);
		cursor = await cursor.continue();
	}
	return [...found.values()];
}
