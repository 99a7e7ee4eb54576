import type { PushRow, PushTarget, RemoteRow } from "./connector.ts";
import type { Answer } from "./row-trouble.ts";

/** A key as cells of the match key's columns. */
export type RowKey = Readonly<Record<string, unknown>>;

/** A table of a provider without an upsert, opened for one push. Cells are in the form that `coerce` gives. */
export type RowDoor = {
	/** Those of the ids that have a row. */
	knownIds(ids: readonly string[]): Promise<Answer<string[]>>;
	/** At least the rows of these keys; more do no harm. */
	rowsByKey(keys: readonly RowKey[]): Promise<Answer<RemoteRow[]>>;
	/** All or none. */
	update(rows: readonly { remoteId: string; cells: PushRow["cells"] }[]): Promise<Answer<null>>;
	/** All or none; the ids in the order of the rows. */
	create(rows: readonly PushRow["cells"][]): Promise<Answer<string[]>>;
};

type PushedRow = { ref: string; remoteId: string; created: boolean };

/**
 * Looks the rows up, then updates those that are there and makes the others. Done again after a lost reply it finds what it made.
 * A row whose id is known and gone is looked up by its key too, before it is made anew: an earlier try may have made it already.
 */
export async function upsertByLookup(
	door: RowDoor,
	target: Pick<PushTarget, "matchKey">,
	rows: readonly PushRow[],
): Promise<Answer<PushedRow[]>> {
	const known = await findKnown(door, rows);
	if (!known.ok) return known;
	const byKey = await findByKey(
		door,
		target.matchKey,
		rows.filter(({ remoteId }) => !known.value.has(remoteId ?? "")),
	);
	if (!byKey.ok) return byKey;
	const writes = new Map<string, Write>();
	for (const row of rows) {
		const key = keyText(target.matchKey, row.cells);
		const matches = known.value.has(row.remoteId ?? "") ? [row.remoteId ?? ""] : (byKey.value.get(key) ?? []);
		if (matches.length > 1) return { ok: false, trouble: { kind: "ambiguous" } };
		const remoteId = matches[0] ?? null;
		// Two rows of one key in a batch are one row there, with the later one's cells.
		const place = remoteId === null ? `key ${key}` : `row ${remoteId}`;
		const earlier = writes.get(place);
		writes.set(place, {
			remoteId,
			refs: [...(earlier?.refs ?? []), row.ref],
			cells: { ...earlier?.cells, ...row.cells },
		});
	}
	return carryOut(door, [...writes.values()]);
}

type Write = { remoteId: string | null; refs: string[]; cells: PushRow["cells"] };

async function carryOut(door: RowDoor, writes: readonly Write[]): Promise<Answer<PushedRow[]>> {
	const updates = writes.flatMap(({ remoteId, cells }) => (remoteId === null ? [] : [{ remoteId, cells }]));
	const news = writes.filter(({ remoteId }) => remoteId === null);
	const updated = updates.length === 0 ? ({ ok: true } as const) : await door.update(updates);
	if (!updated.ok) return updated;
	const created: Answer<string[]> =
		news.length === 0 ? { ok: true, value: [] } : await door.create(news.map(({ cells }) => cells));
	if (!created.ok) return created;
	const ids = new Map(news.map((write, index) => [write, created.value[index] ?? ""]));
	const pushed = writes.flatMap((write) =>
		write.refs.map((ref) => ({
			ref,
			remoteId: write.remoteId ?? ids.get(write) ?? "",
			created: write.remoteId === null,
		})),
	);
	return { ok: true, value: pushed };
}

async function findKnown(door: RowDoor, rows: readonly PushRow[]): Promise<Answer<ReadonlySet<string>>> {
	const ids = [...new Set(rows.flatMap(({ remoteId }) => (remoteId === undefined ? [] : [remoteId])))];
	if (ids.length === 0) return { ok: true, value: new Set() };
	const found = await door.knownIds(ids);
	return found.ok ? { ok: true, value: new Set(found.value) } : found;
}

async function findByKey(
	door: RowDoor,
	matchKey: readonly string[],
	rows: readonly PushRow[],
): Promise<Answer<Map<string, string[]>>> {
	const keys = new Map(rows.map(({ cells }) => [keyText(matchKey, cells), keyOf(matchKey, cells)]));
	if (keys.size === 0) return { ok: true, value: new Map() };
	const found = await door.rowsByKey([...keys.values()]);
	if (!found.ok) return found;
	const byKey = new Map<string, string[]>();
	for (const { remoteId, cells } of found.value) {
		const key = keyText(matchKey, cells);
		const ids = byKey.get(key) ?? [];
		if (!ids.includes(remoteId)) byKey.set(key, [...ids, remoteId]);
	}
	return { ok: true, value: byKey };
}

export function keyOf(matchKey: readonly string[], cells: PushRow["cells"]): RowKey {
	return Object.fromEntries(matchKey.map((id) => [id, cells[id] ?? null]));
}

/** The same text for the same key, so that what a server takes for equal (other letters, say) is compared once more here. */
export function keyText(matchKey: readonly string[], cells: PushRow["cells"]): string {
	return JSON.stringify(matchKey.map((id) => cells[id] ?? null));
}

/** As many entries together as stay below a length, and never none: a single one that is longer goes alone. */
export function chunkByLength<Entry>(
	entries: readonly Entry[],
	lengthOf: (entry: Entry) => number,
	{ maxLength, maxEntries }: { maxLength: number; maxEntries: number },
): Entry[][] {
	const chunks: Entry[][] = [];
	let length = Number.POSITIVE_INFINITY;
	for (const entry of entries) {
		const chunk = chunks.at(-1);
		const more = lengthOf(entry);
		if (chunk === undefined || length + more > maxLength || chunk.length >= maxEntries) {
			chunks.push([entry]);
			length = more;
		} else {
			chunk.push(entry);
			length += more;
		}
	}
	return chunks;
}
