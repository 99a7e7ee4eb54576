import type { TableField } from "../../../backend/contract/connections.ts";
import type { FieldType } from "../../../backend/contract/fields.ts";
import type { TargetColumn } from "../../../backend/contract/targets.ts";

/**
 * What an input holds while a person edits it; unlike `FieldValue` it can be half-typed. There is one for each kind of column: `moment` is a
 * day with or without a time, `choice` one of a column's choices, `choices` several, `rows` rows of a linked table, `files` addresses.
 */
export type FormValue =
	| { input: TextInputKind; text: string }
	/** `codeless`: the column has a currency of its own, so that an amount without one is whole. */
	| { input: "currency"; text: string; currency: string; codeless?: true }
	/** `YYYY-MM-DD` and `HH:MM`, as they are here; either may be empty. */
	| { input: "moment"; day: string; time: string }
	/** 0: none. */
	| { input: "rating"; stars: number }
	| { input: "boolean"; checked: boolean }
	| { input: ListInputKind; items: string[] };

export type TextInputKind =
	| "text"
	| "long_text"
	| "url"
	| "email"
	| "phone"
	| "number"
	| "percent"
	| "duration"
	| "date"
	| "choice";
export type ListInputKind = "list" | "choices" | "rows" | "files";
export type InputKind = FormValue["input"];

/** What of a column decides its input. The type alone is enough where the rest is not known. */
export type FormColumn = Pick<TargetColumn, "type"> & Partial<TargetColumn>;

/** The input of each kind of column. */
const inputOfColumn: Record<TableField["type"], InputKind> = {
	text: "text",
	long_text: "long_text",
	rich_text: "long_text",
	url: "url",
	email: "email",
	phone: "phone",
	number: "number",
	currency: "currency",
	percent: "percent",
	rating: "rating",
	duration: "duration",
	boolean: "boolean",
	date: "date",
	datetime: "moment",
	select: "choice",
	multi_select: "choices",
	attachment: "files",
	link: "rows",
	unsupported: "text",
};

/** The kind of column that each input is for. */
export const columnOfInput: Record<InputKind, TableField["type"]> = {
	text: "text",
	long_text: "long_text",
	url: "url",
	email: "email",
	phone: "phone",
	number: "number",
	currency: "currency",
	percent: "percent",
	rating: "rating",
	duration: "duration",
	boolean: "boolean",
	date: "date",
	moment: "datetime",
	choice: "select",
	choices: "multi_select",
	list: "multi_select",
	files: "attachment",
	rows: "link",
};

/** The input for a value where no column says another one. */
export const inputOfType: Record<FieldType, InputKind> = {
	text: "text",
	markdown: "long_text",
	url: "url",
	image: "url",
	number: "number",
	currency: "currency",
	boolean: "boolean",
	date: "date",
	list: "list",
};

/** The kind of input a column gets; where its choices or its linked table are not known, the plain one for its values. */
export function inputOf({ type, options, takesNewOptions, linkedTableId }: FormColumn): InputKind {
	const input = inputOfColumn[type as TableField["type"]] ?? "text";
	const isOpen = options === undefined && takesNewOptions === undefined;
	if (input === "choice" && isOpen) return "text";
	if ((input === "choices" && isOpen) || (input === "rows" && linkedTableId === undefined)) return "list";
	return input;
}
