import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { FieldType } from "../../../../../backend/contract/fields.ts";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { fieldName } from "../../../words/capture.ts";
import { type MappingDraft, writableColumns } from "./mapping-draft.ts";

/** A captured field that goes nowhere: the column of its name that the table has, or what could be made for it. */
export type LeftOut = { field: string; name: string; type: TableField["type"]; present: TableField | null };

/** The kind of column that is made for a captured value, unless the person says otherwise. */
const columnFor: Record<FieldType, TableField["type"]> = {
	text: "text",
	markdown: "long_text",
	url: "url",
	image: "attachment",
	date: "date",
	number: "number",
	boolean: "boolean",
	currency: "currency",
	list: "multi_select",
};

/** What is offered for a column that is to be made; what other tables' rows and computed cells need is not. */
export const creatableTypes: readonly TableField["type"][] = [
	"text",
	"long_text",
	"url",
	"number",
	"currency",
	"date",
	"datetime",
	"boolean",
	"select",
	"multi_select",
	"attachment",
	"email",
	"phone",
];

/** A text of more than this is not for one line. */
const longText = 200;

/** What the record has and no line takes, in the record's order. */
export function leftOut(
	draft: MappingDraft,
	record: Pick<LocalRecord, "fields"> | null,
	columns: readonly TableField[],
): LeftOut[] {
	const folded = (name: string) => name.trim().toLocaleLowerCase();
	const writable = writableColumns(columns);
	const taken = new Set(draft.lines.map(({ source }) => (source.kind === "field" ? source.name : null)));
	return Object.entries(record?.fields ?? {}).flatMap(([field, value]) => {
		if (taken.has(field)) return [];
		const long = value.type === "text" && (value.value.length > longText || value.value.includes("\n"));
		const instant = value.type === "date" && value.value.length > "2025-01-31".length;
		const type = long ? "long_text" : instant ? "datetime" : columnFor[value.type];
		const name = fieldName(field);
		const present = writable.find((column) => folded(column.name) === folded(name)) ?? null;
		return [{ field, name, type, present }];
	});
}
