import { Type } from "@sinclair/typebox";
import type { ConnectorCall, PushRow } from "../connector.ts";
import type { Answer } from "../row-trouble.ts";
import { ask } from "./api.ts";
import { choicesOf } from "./field-types.ts";
import type { ColumnEntry } from "./replies.ts";
import type { OpenTable } from "./table.ts";

/** A list of choices is kept as a text with commas between. */
const unusable = /,/;

/**
 * Adds the choices that the rows fill in and the columns do not have yet: unlike others, NocoDB refuses a row for them. Who may write
 * rows but not change columns is told so.
 */
export async function addChoices(
	call: ConnectorCall,
	table: OpenTable,
	rows: readonly PushRow[],
): Promise<Answer<null>> {
	for (const column of table.columns.values()) {
		if (column.uidt !== "SingleSelect" && column.uidt !== "MultiSelect") continue;
		const has = new Set(choicesOf(column));
		const wanted = rows.flatMap(({ cells }) => cells[column.id] ?? []).map(String);
		const missing = [...new Set(wanted)].filter((name) => !has.has(name));
		if (missing.some((name) => unusable.test(name))) return { ok: false, trouble: { kind: "option" } };
		const added = missing.length === 0 ? ({ ok: true, value: null } as const) : await add(call, column, missing);
		if (!added.ok) return added;
	}
	return { ok: true, value: null };
}

async function add(call: ConnectorCall, column: ColumnEntry, names: readonly string[]): Promise<Answer<null>> {
	const { id, title, column_name, uidt, colOptions } = column;
	// The choices that are there go along as they came, with their ids: a list without them would take them away.
	const known =
		typeof colOptions === "object" && colOptions !== null && "options" in colOptions ? colOptions.options : [];
	const options = [...(Array.isArray(known) ? known : []), ...names.map((name) => ({ title: name }))];
	const answer = await ask(call, {
		method: "PATCH",
		path: `/api/v2/meta/columns/${encodeURIComponent(id)}`,
		json: { title, column_name, uidt, colOptions: { options } },
		reply: Type.Unknown(),
	});
	if (answer.ok) return { ok: true, value: null };
	return answer.trouble.kind === "permission" ? { ok: false, trouble: { kind: "option" } } : answer;
}
