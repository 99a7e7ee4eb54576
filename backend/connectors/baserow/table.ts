import type { TableField } from "../../contract/connections.ts";
import type { ConnectorCall, PushTarget } from "../connector.ts";
import type { Answer } from "../row-trouble.ts";
import { ask } from "./api.ts";
import { tableField } from "./field-types.ts";
import { type FieldEntry, FieldsReply } from "./replies.ts";

/** A table as it is at this moment; columns by id. */
export type OpenTable = { id: string; columns: ReadonlyMap<string, TableField>; fields: readonly FieldEntry[] };

export async function readTable(call: ConnectorCall, tableId: string): Promise<Answer<OpenTable>> {
	const path = `/database/fields/table/${encodeURIComponent(tableId)}/`;
	const fields = await ask(call, { method: "GET", path, reply: FieldsReply });
	if (!fields.ok) return fields;
	const columns = new Map(fields.value.map((field) => [String(field.id), tableField(field)]));
	return { ok: true, value: { id: tableId, columns, fields: fields.value } };
}

/**
 * Each piece of work begins with it: a cell of a column that is not there would be dropped without a word.
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
	const isWhole = columnIds.every((id) => table.value.columns.has(id));
	return isWhole ? table : { ok: false, trouble: { kind: "column_missing" } };
}
