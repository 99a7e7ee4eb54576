import type { TableField } from "../contract/connections.ts";
import type { FieldType } from "../contract/fields.ts";

const kinds: Readonly<Record<TableField["type"], string>> = {
	text: "a text",
	long_text: "a long text",
	rich_text: "a formatted text",
	url: "a web address",
	email: "an e-mail address",
	phone: "a phone number",
	number: "a number",
	currency: "an amount of money",
	percent: "a percentage",
	rating: "a rating",
	duration: "a duration",
	boolean: "a yes or no",
	date: "a date",
	datetime: "a date and time",
	select: "a choice",
	multi_select: "several choices",
	attachment: "a file",
	link: "a link to rows of another table",
	unsupported: "of a kind that Sheaf cannot fill",
};

function isKind(type: string): type is TableField["type"] {
	return Object.hasOwn(kinds, type);
}

/** A kind of column in a sentence, with its article. */
export function kindName(type: string): string {
	return isKind(type) ? kinds[type] : "of another kind";
}

/** The kind a new column of this one is made as; null where it cannot be made: a link would have to know its other table. */
export function creatableKind(type: string | undefined): TableField["type"] | null {
	return type === undefined || !isKind(type) || type === "link" || type === "unsupported" ? null : type;
}

const columnsFor: Readonly<Record<FieldType, TableField["type"]>> = {
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

/** The kind of column that is made for a captured value. */
export function kindFor(captured: FieldType | undefined): TableField["type"] {
	return columnsFor[captured ?? "text"];
}
