import type { ConnectorCall, PushTarget } from "../connector.ts";
import type { Answer } from "../row-trouble.ts";
import { ask } from "./api.ts";
import { keyColumn } from "./field-types.ts";
import { type ColumnEntry, type TableEntry, TableReply } from "./replies.ts";

/** A table as it is at this moment: rows are written by the names of columns, and names change. */
export type OpenTable = {
	id: string;
	/** The column that names a row. */
	key: ColumnEntry;
	/** By id. */
	columns: ReadonlyMap<string, ColumnEntry>;
	/** The column that tells when a row was last changed. */
	changed: ColumnEntry | null;
};

export async function readTable(call: ConnectorCall, tableId: string): Promise<Answer<TableEntry>> {
	return ask(call, { method: "GET", path: `/api/v2/meta/tables/${encodeURIComponent(tableId)}`, reply: TableReply });
}

/**
 * Each piece of work begins with it. A cell of a column that is not there would be dropped without a word, and an update in a table
 * without a key changes every row of it: both are found out here.
 *
 * @param columnIds those that the work needs
 */
export async function openTable(
	call: ConnectorCall,
	{ tableId }: Pick<PushTarget, "tableId">,
	columnIds: readonly string[],
): Promise<Answer<OpenTable>> {
	const table = await readTable(call, tableId);
	if (!table.ok) return table;
	const key = keyColumn(table.value);
	const columns = new Map(table.value.columns.map((column) => [column.id, column]));
	if (key === null || columnIds.some((id) => !columns.has(id)))
		return { ok: false, trouble: { kind: "column_missing" } };
	const changed = table.value.columns.find(({ uidt, system }) => uidt === "LastModifiedTime" && system !== false);
	return { ok: true, value: { id: tableId, key, columns, changed: changed ?? null } };
}
