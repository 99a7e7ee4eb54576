import type { Answer } from "./api.ts";
import { digestOf, digestOfId, keyText, rowOfId } from "./row-id.ts";
import type { SheetRow } from "./sheet.ts";

/** Where the rows of a key are. */
export class KeyIndex {
	readonly #byKey = new Map<string, number[]>();
	readonly #byDigest = new Map<string, number[]>();
	readonly #empty: string;
	/** The last row that has a key. */
	readonly lastRow: number;

	constructor(rows: readonly SheetRow[], keyColumns: readonly string[]) {
		this.#empty = keyText(keyColumns.map(() => null));
		for (const { row, cells } of rows) {
			const key = keyText(keyColumns.map((id) => cells[id]));
			if (key !== this.#empty) push(this.#byKey, key, row);
		}
		for (const [key, places] of this.#byKey) this.#byDigest.set(digestOf(key), places);
		this.lastRow = rows.at(-1)?.row ?? 1;
	}

	rowsOf(key: string): readonly number[] {
		return key === this.#empty ? [] : (this.#byKey.get(key) ?? []);
	}

	/** The row an id was given to, wherever it is by now; null when it is gone, `ambiguous` when several could be meant. */
	find(remoteId: string): number | null | "ambiguous" {
		const places = this.#byDigest.get(digestOfId(remoteId)) ?? [];
		const place = rowOfId(remoteId);
		if (places.includes(place)) return place;
		return places.length > 1 ? "ambiguous" : (places[0] ?? null);
	}

	/** The rows of all these ids; those that are gone are left out. */
	findAll(remoteIds: readonly string[]): Answer<Map<string, number>> {
		const found = new Map<string, number>();
		for (const remoteId of remoteIds) {
			const row = this.find(remoteId);
			if (row === "ambiguous") return { ok: false, trouble: { kind: "ambiguous" } };
			if (row !== null) found.set(remoteId, row);
		}
		return { ok: true, value: found };
	}
}

function push(map: Map<string, number[]>, key: string, row: number): void {
	const rows = map.get(key);
	if (rows === undefined) map.set(key, [row]);
	else rows.push(row);
}
