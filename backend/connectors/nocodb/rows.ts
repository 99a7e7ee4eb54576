import { Type } from "@sinclair/typebox";
import type { ConnectorCall, RemoteRow } from "../connector.ts";
import type { Answer } from "../row-trouble.ts";
import { chunkByLength, type RowDoor, type RowKey } from "../upsert-by-lookup.ts";
import { ask } from "./api.ts";
import { idIn, idValue, remoteRowOf, rowOf } from "./cells.ts";
import { RowsReply, WrittenReply } from "./replies.ts";
import type { OpenTable } from "./table.ts";

/** Node refuses 16 kB of headers, and proxies a line of 8 kB; one key that is longer is tried all the same. */
const maxFilterLength = 6_000;
/** A page holds as many rows as are asked for, at most 1,000 on most servers. */
const pageSize = 100;
/** So many pages of rows with the keys of one batch mean that the filter was not heard. */
const maxPages = 50;

type Filter = {
	fk_column_id?: string;
	comparison_op?: "eq" | "like";
	value?: unknown;
	logical_op: "or" | "and";
	is_group?: true;
	children?: Filter[];
};

/** What a push, a look-up or a list asks of one table. */
export function openDoor(call: ConnectorCall, table: OpenTable): RowDoor {
	const path = recordsPath(table);
	return {
		knownIds: async (ids) => {
			const found = await rowsById(call, table, ids);
			return found.ok ? { ok: true, value: found.value.map(({ remoteId }) => remoteId) } : found;
		},
		rowsByKey: (keys) => findChunks(call, table, keys.map(filterOf)),
		update: async (rows) => {
			const json = rows.map(({ remoteId, cells }) => ({
				...rowOf(table, cells),
				[table.key.title]: idValue(table, remoteId),
			}));
			const answer = await ask(call, { method: "PATCH", path, json, reply: WrittenReply });
			return answer.ok ? { ok: true, value: null } : answer;
		},
		create: (rows) => createRows(call, table, rows),
	};
}

export function rowsById(call: ConnectorCall, table: OpenTable, ids: readonly string[]): Promise<Answer<RemoteRow[]>> {
	// A text where the database keeps numbers would be an error to it, and names no row.
	const named = ids.filter((id) => table.key.uidt !== "ID" || /^\d{1,15}$/.test(id));
	const filters = named.map((id) => filterOf({ [table.key.id]: idValue(table, id) }));
	return findChunks(call, table, filters);
}

async function findChunks(
	call: ConnectorCall,
	table: OpenTable,
	filters: readonly Filter[],
): Promise<Answer<RemoteRow[]>> {
	const lengthOf = (filter: Filter) => encodeURIComponent(JSON.stringify(filter)).length;
	const rows: RemoteRow[] = [];
	for (const chunk of chunkByLength(filters, lengthOf, { maxLength: maxFilterLength, maxEntries: pageSize })) {
		const found = await findRows(call, table, chunk);
		if (!found.ok) return found;
		rows.push(...found.value);
	}
	return { ok: true, value: rows };
}

async function createRows(
	call: ConnectorCall,
	table: OpenTable,
	rows: readonly Readonly<Record<string, unknown>>[],
): Promise<Answer<string[]>> {
	const json = rows.map((cells) => rowOf(table, cells));
	const answer = await ask(call, { method: "POST", path: recordsPath(table), json, reply: WrittenReply });
	if (!answer.ok) return answer;
	const ids = answer.value.map((row) => idIn(table, row));
	// Which row is which is told by the order alone, so a reply of another length names nothing for certain.
	if (ids.length !== rows.length || ids.includes(null)) {
		return { ok: false, trouble: { kind: "provider", afterMs: 2_000 } };
	}
	return { ok: true, value: ids.map((id) => id ?? "") };
}

/** Deletes what is there of them: a single id that is gone would fail the request whole. */
export async function removeRows(
	call: ConnectorCall,
	table: OpenTable,
	remoteIds: readonly string[],
): Promise<Answer<null>> {
	const found = await rowsById(call, table, remoteIds);
	if (!found.ok) return found;
	if (found.value.length === 0) return { ok: true, value: null };
	const json = found.value.map(({ remoteId }) => ({ [table.key.title]: idValue(table, remoteId) }));
	const answer = await ask(call, { method: "DELETE", path: recordsPath(table), json, reply: Type.Unknown() });
	return answer.ok ? { ok: true, value: null } : answer;
}

/** One key is one filter; a key of several columns is a group in which all hold. */
function filterOf(key: RowKey): Filter {
	const parts = Object.entries(key).map(
		([id, value]): Filter => ({ fk_column_id: id, comparison_op: "eq", value, logical_op: "and" }),
	);
	const [part] = parts;
	return part !== undefined && parts.length === 1
		? { ...part, logical_op: "or" }
		: { is_group: true, logical_op: "or", children: parts };
}

/** The filters are JSON with columns by id, so that no value has to be escaped and no name can be mistaken. */
async function findRows(
	call: ConnectorCall,
	table: OpenTable,
	filters: readonly Filter[],
): Promise<Answer<RemoteRow[]>> {
	const rows: RemoteRow[] = [];
	for (let page = 0; page < maxPages; page += 1) {
		const query = { filterArrJson: JSON.stringify(filters) };
		const found = await readPage(call, table, { offset: page * pageSize, query });
		if (!found.ok) return found;
		rows.push(...found.value.rows);
		if (found.value.isLast) return { ok: true, value: rows };
	}
	return { ok: false, trouble: { kind: "stranger", afterMs: 2_000 } };
}

export function searchFilter(columnId: string, text: string): string {
	const filter: Filter = { fk_column_id: columnId, comparison_op: "like", value: `%${text}%`, logical_op: "and" };
	return JSON.stringify([filter]);
}

/** A page of rows, in the order of their keys so that none is left out while others are added. */
export async function readPage(
	call: ConnectorCall,
	table: OpenTable,
	{ offset, query = {} }: { offset: number; query?: Readonly<Record<string, string>> },
): Promise<Answer<{ rows: RemoteRow[]; isLast: boolean; next: number }>> {
	const search = new URLSearchParams({
		limit: String(pageSize),
		offset: String(offset),
		sort: table.key.title,
		...query,
	});
	const answer = await ask(call, {
		method: "GET",
		path: `${recordsPath(table)}?${search.toString()}`,
		reply: RowsReply,
	});
	if (!answer.ok) return answer;
	const { list, pageInfo } = answer.value;
	const rows = list.flatMap((row) => remoteRowOf(table, row) ?? []);
	return {
		ok: true,
		value: { rows, isLast: pageInfo.isLastPage !== false || list.length === 0, next: offset + list.length },
	};
}

function recordsPath({ id }: Pick<OpenTable, "id">): string {
	return `/api/v2/tables/${encodeURIComponent(id)}/records`;
}
