import type { TableField } from "../../contract/connections.ts";
import type { ConnectorCall, PushResult, PushRow, PushTarget } from "../connector.ts";
import type { ApiSettings } from "./api.ts";
import type { Trouble } from "./errors.ts";
import { pushFailure } from "./push-failure.ts";
import type { TableEntry } from "./replies.ts";
import { readTables } from "./rows.ts";
import { type LabelledRow, primaryOf, rowsNamed } from "./search-rows.ts";

type Linked = { ok: true; rows: readonly PushRow[] } | { ok: false; result: PushResult };

/**
 * Names in link columns become the ids of the rows that have them as their primary field. No row is ever made in the linked table: a
 * name that is not there, or there twice, is told. Costs two requests more, and only where a row has a name to look up.
 */
export async function linkRows(
	settings: ApiSettings,
	call: ConnectorCall,
	{ target, rows }: { target: PushTarget; rows: readonly PushRow[] },
): Promise<Linked> {
	const columns = target.columns.filter(({ type, id }) => type === "link" && namesIn(rows, id).length > 0);
	if (columns.length === 0) return { ok: true, rows };
	const tables = await readTables(settings, call, target.containerId);
	if (!tables.ok) return failed(settings, tables.trouble);
	let linked = rows;
	for (const column of columns) {
		const place = placeOf(tables.value, target, column);
		if (place === null) return failed(settings, { kind: "column_missing" });
		const names = namesIn(linked, column.id);
		const found = await rowsNamed(settings, call, { ...place, names });
		if (!found.ok) return failed(settings, found.trouble);
		const ids = new Map<string, string>();
		for (const name of names) {
			const match = matchOf(found.value, name);
			if (typeof match !== "string") return { ok: false, result: unlinked(column, name, match.count) };
			ids.set(name, match);
		}
		linked = linked.map((row) => withIds(row, column.id, ids));
	}
	return { ok: true, rows: linked };
}

export function isRowId(text: string): boolean {
	return /^rec[A-Za-z0-9]{14}$/.test(text);
}

function entriesOf({ cells }: PushRow, columnId: string): string[] {
	const cell = cells[columnId];
	return Array.isArray(cell) ? cell.filter((entry) => typeof entry === "string") : [];
}

function namesIn(rows: readonly PushRow[], columnId: string): string[] {
	return [...new Set(rows.flatMap((row) => entriesOf(row, columnId)).filter((entry) => !isRowId(entry)))];
}

function withIds(row: PushRow, columnId: string, ids: ReadonlyMap<string, string>): PushRow {
	const entries = entriesOf(row, columnId);
	if (entries.length === 0) return row;
	const linked = [...new Set(entries.map((entry) => ids.get(entry) ?? entry))];
	return { ...row, cells: { ...row.cells, [columnId]: linked } };
}

function placeOf(tables: readonly TableEntry[], { containerId, tableId }: PushTarget, column: TableField) {
	const field = tables.find(({ id }) => id === tableId)?.fields.find(({ id }) => id === column.id);
	const linkedTable = tables.find(({ id }) => id === field?.options?.linkedTableId);
	const primary = primaryOf(linkedTable);
	if (linkedTable === undefined || primary === null) return null;
	return { place: { containerId, tableId: linkedTable.id }, primary };
}

/** The same spelling before another case; several of one kind are not chosen from. */
function matchOf(rows: readonly LabelledRow[], name: string): string | { count: number } {
	const same = rows.filter(({ label }) => label === name);
	const alike = same.length > 0 ? same : rows.filter(({ label }) => label.toLowerCase() === name.toLowerCase());
	const [only] = alike;
	return only !== undefined && alike.length === 1 ? only.id : { count: alike.length };
}

function unlinked(column: TableField, name: string, count: number): PushResult {
	const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
	const problem =
		count === 0
			? `has no row named “${shown}”. Add it there or edit the record`
			: `has ${count} rows named “${shown}”. Rename them there or edit the record`;
	return {
		kind: "split",
		reason: "delivery/value-refused",
		message: `The table that “${column.name}” links to ${problem}, then send it again.`,
	};
}

function failed({ title }: ApiSettings, trouble: Trouble): Linked {
	return { ok: false, result: pushFailure(title, trouble) };
}
