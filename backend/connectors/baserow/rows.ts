import { Type } from "@sinclair/typebox";
import type { ConnectorCall, RemoteRow } from "../connector.ts";
import { plainText } from "../plain-text.ts";
import type { Answer } from "../row-trouble.ts";
import { chunkByLength, type RowDoor, type RowKey } from "../upsert-by-lookup.ts";
import { ask } from "./api.ts";
import { remoteRowOf, rowOf } from "./cells.ts";
import { NamesReply, RowEntry, RowsReply, WrittenReply } from "./replies.ts";
import type { OpenTable } from "./table.ts";

/** Servers in front take a line of 8 kB; one key that is longer is tried all the same. */
const maxFilterLength = 6_000;
/** The server's own limit of a page. */
const pageSize = 200;
/** So many pages of rows with the keys of one batch mean that the filter was not heard. */
const maxPages = 50;

type Filter = { field: string | number; type: "equal"; value: string };
type Group = { filter_type: "AND"; filters: Filter[] };

/** What a push, a look-up or a list asks of one table. */
export function openDoor(call: ConnectorCall, table: OpenTable): RowDoor {
	return {
		knownIds: (ids) => knownIds(call, table, ids),
		rowsByKey: (keys) => rowsByKey(call, table, keys),
		update: async (rows) => {
			const items = rows.map(({ remoteId, cells }) => ({ ...rowOf(table, cells), id: Number(remoteId) }));
			const answer = await ask(call, { method: "PATCH", path: batchPath(table), json: { items }, reply: WrittenReply });
			return answer.ok ? { ok: true, value: null } : answer;
		},
		create: async (rows) => {
			const items = rows.map((cells) => rowOf(table, cells));
			const answer = await ask(call, { method: "POST", path: batchPath(table), json: { items }, reply: WrittenReply });
			if (!answer.ok) return answer;
			const ids = answer.value.items.map(({ id }) => String(id));
			// Which row is which is told by the order alone, so a reply of another length names nothing for certain.
			return ids.length === rows.length
				? { ok: true, value: ids }
				: { ok: false, trouble: { kind: "provider", afterMs: 2_000 } };
		},
	};
}

/** The row's own number is no field that a filter takes; what rows are called is answered by number, though. */
async function knownIds(call: ConnectorCall, table: OpenTable, ids: readonly string[]): Promise<Answer<string[]>> {
	const numbers = ids.filter((id) => /^\d{1,15}$/.test(id));
	if (numbers.length === 0) return { ok: true, value: [] };
	const path = `/database/rows/names/?table__${encodeURIComponent(table.id)}=${numbers.join(",")}`;
	const names = await ask(call, { method: "GET", path, reply: NamesReply });
	return names.ok ? { ok: true, value: Object.keys(names.value[table.id] ?? {}) } : names;
}

/** Whole rows by number are answered one by one. */
export async function rowsById(
	call: ConnectorCall,
	table: OpenTable,
	ids: readonly string[],
): Promise<Answer<RemoteRow[]>> {
	const known = await knownIds(call, table, ids);
	if (!known.ok) return known;
	const rows: RemoteRow[] = [];
	for (const id of known.value) {
		const found = await readRow(call, table, id);
		if (!found.ok) return found;
		rows.push(...found.value);
	}
	return { ok: true, value: rows };
}

async function readRow(call: ConnectorCall, table: OpenTable, id: string): Promise<Answer<RemoteRow[]>> {
	const row = await ask(call, { method: "GET", path: `${rowsPath(table)}${id}/`, reply: RowEntry });
	if (row.ok) return { ok: true, value: [remoteRowOf(table, row.value)] };
	return row.trouble.kind === "row_missing" ? { ok: true, value: [] } : row;
}

async function rowsByKey(call: ConnectorCall, table: OpenTable, keys: readonly RowKey[]): Promise<Answer<RemoteRow[]>> {
	const groups = keys.map(groupOf);
	const lengthOf = (group: Group) => encodeURIComponent(JSON.stringify(group)).length;
	const rows: RemoteRow[] = [];
	for (const chunk of chunkByLength(groups, lengthOf, { maxLength: maxFilterLength, maxEntries: pageSize })) {
		const filters = JSON.stringify({ filter_type: "OR", filters: [], groups: chunk });
		for (let page = 1, isLast = false; !isLast; page += 1) {
			if (page > maxPages) return { ok: false, trouble: { kind: "stranger", afterMs: 2_000 } };
			const found = await readPage(call, table, { page, query: { filters } });
			if (!found.ok) return found;
			rows.push(...found.value.rows);
			isLast = found.value.isLast;
		}
	}
	return { ok: true, value: rows };
}

/** The filters are JSON with columns by id, so that no value has to be escaped and no name can be mistaken. */
function groupOf(key: RowKey): Group {
	const filters = Object.entries(key).map(
		([id, value]): Filter => ({ field: Number(id), type: "equal", value: plainText(value ?? "") }),
	);
	return { filter_type: "AND", filters };
}

/** A page of rows, in the order of the table; the first is 1. */
export async function readPage(
	call: ConnectorCall,
	table: OpenTable,
	{ page, query = {} }: { page: number; query?: Readonly<Record<string, string>> },
): Promise<Answer<{ rows: RemoteRow[]; isLast: boolean }>> {
	const search = new URLSearchParams({ size: String(pageSize), page: String(page), ...query });
	const answer = await ask(call, { method: "GET", path: `${rowsPath(table)}?${search.toString()}`, reply: RowsReply });
	if (!answer.ok) return answer;
	const rows = answer.value.results.map((row) => remoteRowOf(table, row));
	return { ok: true, value: { rows, isLast: answer.value.next === null } };
}

/** Deletes what is there of them: a single id that is gone would fail the request whole. */
export async function removeRows(
	call: ConnectorCall,
	table: OpenTable,
	remoteIds: readonly string[],
): Promise<Answer<null>> {
	const known = await knownIds(call, table, remoteIds);
	if (!known.ok) return known;
	if (known.value.length === 0) return { ok: true, value: null };
	const items = known.value.map(Number);
	const path = `${rowsPath(table)}batch-delete/`;
	const answer = await ask(call, { method: "POST", path, json: { items }, reply: Type.Unknown() });
	return answer.ok ? { ok: true, value: null } : answer;
}

function rowsPath({ id }: Pick<OpenTable, "id">): string {
	return `/database/rows/table/${encodeURIComponent(id)}/`;
}

function batchPath(table: Pick<OpenTable, "id">): string {
	return `${rowsPath(table)}batch/`;
}
