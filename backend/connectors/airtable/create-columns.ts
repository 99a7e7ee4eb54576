import type { TableField } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorFailure, ConnectorResult, NewColumn } from "../connector.ts";
import { type ApiSettings, ask } from "./api.ts";
import type { Trouble } from "./errors.ts";
import { tableField } from "./field-types.ts";
import { rowsFailure } from "./push-failure.ts";
import { FieldEntry } from "./replies.ts";
import { readTables, type TablePlace } from "./rows.ts";

const iso = { dateFormat: { name: "iso" } };

/** How each kind of column is made. Numbers are kept whole and shown with two places; a link would have to know its other table. */
const recipes: Readonly<Record<TableField["type"], { type: string; options?: object } | null>> = {
	text: { type: "singleLineText" },
	long_text: { type: "multilineText" },
	rich_text: { type: "richText" },
	url: { type: "url" },
	email: { type: "email" },
	phone: { type: "phoneNumber" },
	number: { type: "number", options: { precision: 2 } },
	// One column may get amounts of several currencies, so it claims none of them.
	currency: { type: "currency", options: { precision: 2, symbol: "¤" } },
	percent: { type: "percent", options: { precision: 2 } },
	rating: { type: "rating", options: { icon: "star", color: "yellowBright", max: 5 } },
	duration: { type: "duration", options: { durationFormat: "h:mm:ss" } },
	boolean: { type: "checkbox", options: { icon: "check", color: "greenBright" } },
	date: { type: "date", options: iso },
	datetime: { type: "dateTime", options: { ...iso, timeFormat: { name: "24hour" }, timeZone: "utc" } },
	select: { type: "singleSelect", options: { choices: [] } },
	multi_select: { type: "multipleSelects", options: { choices: [] } },
	attachment: { type: "multipleAttachments" },
	link: null,
	unsupported: null,
};

/**
 * Makes columns one by one. A column of that name and kind that is there already is taken as it is, so that doing it again
 * after a lost reply, or after only some were made, ends with each column once.
 */
export async function createColumns(
	settings: ApiSettings,
	call: ConnectorCall,
	{ place, columns }: { place: TablePlace; columns: readonly NewColumn[] },
): Promise<ConnectorResult<TableField[]>> {
	const tables = await readTables(settings, call, place.containerId);
	if (!tables.ok) return failed(settings, tables.trouble, null);
	const table = tables.value.find(({ id }) => id === place.tableId);
	if (table === undefined) return failed(settings, { kind: "table_missing" }, null);
	const made: TableField[] = [];
	for (const column of columns) {
		const name = column.name.trim();
		const recipe = recipes[column.type];
		if (recipe === null || name === "")
			return refused(`A column “${name}” of this kind cannot be added by Sheaf. Add it in ${settings.title}.`);
		const present = table.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
		if (present !== undefined && present.type !== recipe.type) {
			return refused(`The table has a column “${present.name}” of another kind. Use that one, or choose another name.`);
		}
		if (present !== undefined) {
			made.push(tableField(present, true));
			continue;
		}
		const answer = await ask(settings, call, {
			method: "POST",
			path: `/meta/bases/${encodeURIComponent(place.containerId)}/tables/${encodeURIComponent(place.tableId)}/fields`,
			json: { name, type: recipe.type, ...optionsOf(recipe.options, column) },
			reply: FieldEntry,
		});
		if (!answer.ok) return failed(settings, answer.trouble, name);
		made.push(tableField(answer.value, true));
	}
	return { kind: "ok", value: made };
}

function optionsOf(options: object | undefined, column: NewColumn): { options?: object } {
	if (options === undefined) return {};
	if (!("choices" in options)) return { options };
	const names = [...new Set((column.options ?? []).map((name) => name.trim()).filter((name) => name !== ""))];
	return { options: { choices: names.map((name) => ({ name })) } };
}

function failed({ title }: ApiSettings, trouble: Trouble, name: string | null): ConnectorFailure {
	if (trouble.kind === "permission" && name !== null) {
		return {
			kind: "refused",
			reason: "connections/scope-missing",
			message: `${title} does not let this account add columns. Add “${name}” there, or connect an account that may change the base.`,
		};
	}
	const told = rowsFailure(title, trouble);
	if (told.kind !== "refused" || name === null) return told;
	return refused(`${title} did not add the column “${name}”. Add it there, then choose it here.`);
}

function refused(message: string): ConnectorFailure {
	return { kind: "refused", reason: "targets/column-refused", message };
}
