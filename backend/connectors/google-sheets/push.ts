import type { ConnectorCall, PushResult, PushRow, PushTarget } from "../connector.ts";
import type { Answer, SheetsAddresses } from "./api.ts";
import { pushFailure } from "./failure.ts";
import { KeyIndex } from "./key-index.ts";
import { keyText, makeRowId } from "./row-id.ts";
import { change, type OpenSheet, openSheet, placesOf, readRows } from "./sheet.ts";
import { type RowWrite, sheetWrites } from "./writes.ts";

/** What one spreadsheet holds over all its tabs. */
const maxCells = 10_000_000;

type PushedRow = { ref: string; remoteId: string; created: boolean };

/**
 * Reads the key columns, then updates the rows that are there and appends the others by one change that Google applies whole or not
 * at all. Done again after a lost reply it finds what it appended. There is one writer per spreadsheet (`limits.inFlight`).
 */
export async function push(
	at: SheetsAddresses,
	call: ConnectorCall,
	{ target, rows }: { target: PushTarget; rows: readonly PushRow[] },
): Promise<PushResult> {
	const pushed = await upsert(at, call, { target, rows });
	return pushed.ok ? { kind: "pushed", rows: pushed.value } : pushFailure(pushed.trouble);
}

async function upsert(
	at: SheetsAddresses,
	call: ConnectorCall,
	{ target, rows }: { target: PushTarget; rows: readonly PushRow[] },
): Promise<Answer<PushedRow[]>> {
	const sheet = await openSheet(at, call, target);
	if (!sheet.ok) return sheet;
	const written = new Set([...target.matchKey, ...rows.flatMap(({ cells }) => Object.keys(cells))]);
	const places = placesOf(sheet.value, [...written]);
	if (!places.ok) return places;
	const keyColumns = target.columns.filter(({ id }) => target.matchKey.includes(id));
	const known = await readRows(call, sheet.value, { columns: keyColumns });
	if (!known.ok) return known;
	const index = new KeyIndex(known.value, target.matchKey);
	const planned = plan(index, target, rows);
	if (!planned.ok) return planned;
	const news = planned.value.filter(({ row }) => row === null);
	if (isTooFull(sheet.value, index.lastRow + news.length)) return { ok: false, trouble: { kind: "full" } };
	const requests = sheetWrites({ sheet: sheet.value, places: places.value, columns: target.columns }, planned.value);
	if (!requests.ok) return requests;
	const changed = await change(call, sheet.value, requests.value);
	if (!changed.ok) return changed;
	// Google does not say where it appended; after the last row with a key is where, unless something else stands below.
	const rowOf = new Map(news.map((write, offset) => [write, index.lastRow + 1 + offset]));
	const pushed = planned.value.flatMap((write) => {
		const remoteId = makeRowId(write.row ?? rowOf.get(write) ?? 0, write.key);
		return write.refs.map((ref) => ({ ref, remoteId, created: write.row === null }));
	});
	return { ok: true, value: pushed };
}

function plan(index: KeyIndex, target: PushTarget, rows: readonly PushRow[]): Answer<RowWrite[]> {
	const writes = new Map<string, RowWrite>();
	for (const { ref, cells, remoteId } of rows) {
		const key = keyText(target.matchKey.map((id) => cells[id]));
		const known = remoteId === undefined ? null : index.find(remoteId);
		const matches = typeof known === "number" ? [known] : index.rowsOf(key);
		if (matches.length > 1) return { ok: false, trouble: { kind: "ambiguous" } };
		const row = matches[0] ?? null;
		// Two rows of one key in a batch are one row there, with the later one's cells.
		const place = row === null ? `key ${key}` : `row ${row}`;
		const earlier = writes.get(place);
		writes.set(place, {
			row,
			key,
			refs: [...(earlier?.refs ?? []), ref],
			cells: { ...earlier?.cells, ...cells },
		});
	}
	return { ok: true, value: [...writes.values()] };
}

/** Of this tab alone; that the tabs are full together is said by Google's own refusal. */
function isTooFull({ rowCount, columnCount }: OpenSheet, rows: number): boolean {
	return rows > rowCount && rows * columnCount > maxCells;
}
