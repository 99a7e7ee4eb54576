import { type Static, Type } from "@sinclair/typebox";
import type { Table, TableField } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult, NewColumn, PushTarget } from "../connector.ts";
import { failureOf } from "../row-failure.ts";
import type { Answer } from "../row-trouble.ts";
import { placeContainer } from "../server-address.ts";
import { addressOf, ask } from "./api.ts";
import { keyColumn, tableField, typeNames, visibleColumns } from "./field-types.ts";
import { type BaseEntry, BasesReply, TablesReply } from "./replies.ts";
import { readTable } from "./table.ts";
import { title } from "./title.ts";

/**
 * Every table of every base the account can see. A table whose rows have no key of their own is listed with all columns closed: an
 * update would change every row of it. What was withdrawn in between is left out instead of failing the rest.
 */
export async function discover(call: ConnectorCall): Promise<ConnectorResult<Table[]>> {
	const bases = await ask(call, { method: "GET", path: "/api/v2/meta/bases", reply: BasesReply });
	if (!bases.ok) return failureOf(title, bases.trouble);
	const tables: Table[] = [];
	for (const base of bases.value.list) {
		const found = await tablesOf(call, base);
		if (found.ok) tables.push(...found.value);
		else if (found.trouble.kind !== "permission" && found.trouble.kind !== "table_missing") {
			return failureOf(title, found.trouble);
		}
	}
	return { kind: "ok", value: tables };
}

async function tablesOf(call: ConnectorCall, base: BaseEntry): Promise<Answer<Table[]>> {
	const path = `/api/v2/meta/bases/${encodeURIComponent(base.id)}/tables`;
	const entries = await allTables(call, path);
	if (!entries.ok) return entries;
	const container = { id: placeContainer(base.id, addressOf(call) ?? ""), name: base.title };
	const tables: Table[] = [];
	for (const entry of entries.value.list.filter(({ type }) => type !== "view")) {
		const table = await readTable(call, entry.id);
		if (!table.ok) {
			if (table.trouble.kind === "table_missing") continue;
			return table;
		}
		const hasKey = keyColumn(table.value) !== null;
		const fields = visibleColumns(table.value).map((column) => tableField(column, hasKey));
		tables.push({ id: entry.id, name: entry.title, container, fields });
	}
	return { ok: true, value: tables };
}

/** All in one answer: this list knows no pages. */
function allTables(call: ConnectorCall, path: string): Promise<Answer<Static<typeof TablesReply>>> {
	return ask(call, { method: "GET", path, reply: TablesReply });
}

/** Adds columns one by one; one that is there already by that name is taken as it is, so that a second try goes on. */
export async function createColumns(
	call: ConnectorCall,
	{ tableId }: Pick<PushTarget, "tableId">,
	columns: readonly NewColumn[],
): Promise<ConnectorResult<TableField[]>> {
	const before = await readTable(call, tableId);
	if (!before.ok) return failureOf(title, before.trouble);
	const names = new Set(before.value.columns.map((column) => column.title));
	for (const column of columns.filter(({ name }) => !names.has(name))) {
		const uidt = typeNames[column.type];
		if (uidt === undefined) return failureOf(title, { kind: "refused", said: `A column of this type cannot be made` });
		const options = (column.options ?? []).map((name) => ({ title: name }));
		const json = {
			title: column.name,
			column_name: column.name,
			uidt,
			...(uidt.endsWith("Select") ? { colOptions: { options } } : {}),
		};
		const path = `/api/v2/meta/tables/${encodeURIComponent(tableId)}/columns`;
		const answer = await ask(call, { method: "POST", path, json, reply: Type.Unknown() });
		if (!answer.ok) return failureOf(title, answer.trouble);
	}
	const after = await readTable(call, tableId);
	if (!after.ok) return failureOf(title, after.trouble);
	const hasKey = keyColumn(after.value) !== null;
	const made = columns.flatMap(({ name }) => after.value.columns.find((column) => column.title === name) ?? []);
	return { kind: "ok", value: made.map((column) => tableField(column, hasKey)) };
}
