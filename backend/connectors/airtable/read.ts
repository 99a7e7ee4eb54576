import type { ConnectorCall, ConnectorResult, PushTarget, RemoteRow, WantedRows } from "../connector.ts";
import type { Answer, ApiSettings } from "./api.ts";
import { anyOf, hasCells, hasId } from "./formula.ts";
import { rowsFailure } from "./push-failure.ts";
import type { RowEntry } from "./replies.ts";
import { comparable, remoteRow } from "./row-cells.ts";
import { listAll, readTables } from "./rows.ts";

/**
 * Rows by their ids or their match keys, in one listing filtered by a formula. Formulas name columns; where one was renamed since
 * discovery, its name of today is asked for and the listing made again.
 */
export async function read(
	settings: ApiSettings,
	call: ConnectorCall,
	{ target, wanted }: { target: PushTarget; wanted: WantedRows },
): Promise<ConnectorResult<RemoteRow[]>> {
	const isEmpty = wanted.by === "id" ? wanted.ids.length === 0 : wanted.keys.length === 0;
	if (isEmpty) return { kind: "ok", value: [] };
	const answer =
		wanted.by === "id"
			? await listAll(settings, call, {
					place: target,
					listing: { formula: anyOf(wanted.ids.map(hasId)), fields: target.columns.map(({ id }) => id) },
				})
			: await listByKeys(settings, call, { target, keys: wanted.keys });
	if (!answer.ok) return rowsFailure(settings.title, answer.trouble);
	const rows = answer.value.map((entry) => remoteRow(entry, target.columns));
	return { kind: "ok", value: wanted.by === "id" ? rows : rows.filter((row) => hasOneOf(row, wanted.keys)) };
}

/** Which of these rows are there. */
export async function existing(
	settings: ApiSettings,
	call: ConnectorCall,
	{ target, ids }: { target: PushTarget; ids: readonly string[] },
): Promise<Answer<Set<string>>> {
	const listing = { formula: anyOf(ids.map(hasId)), fields: target.matchKey };
	const answer = await listAll(settings, call, { place: target, listing });
	return answer.ok ? { ok: true, value: new Set(answer.value.map(({ id }) => id)) } : answer;
}

type Keys = Extract<WantedRows, { by: "key" }>["keys"];

async function listByKeys(
	settings: ApiSettings,
	call: ConnectorCall,
	{ target, keys }: { target: PushTarget; keys: Keys },
): Promise<Answer<RowEntry[]>> {
	const ask = (columns: PushTarget["columns"]) =>
		listAll(settings, call, {
			place: target,
			listing: {
				formula: anyOf(keys.map((key) => hasCells(columns, key))),
				fields: target.columns.map(({ id }) => id),
			},
		});
	const answer = await ask(target.columns);
	if (answer.ok || answer.trouble.kind !== "column_missing") return answer;
	const tables = await readTables(settings, call, target.containerId);
	if (!tables.ok) return tables;
	const fields = tables.value.find(({ id }) => id === target.tableId)?.fields ?? [];
	const names = new Map(fields.map(({ id, name }) => [id, name]));
	return ask(target.columns.map((column) => ({ ...column, name: names.get(column.id) ?? column.name })));
}

function hasOneOf({ cells }: RemoteRow, keys: Keys): boolean {
	return keys.some((key) => Object.entries(key).every(([id, cell]) => comparable(cell) === comparable(cells[id])));
}
