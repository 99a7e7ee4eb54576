import type { TableField } from "../contract/connections.ts";
import type { FieldType, FieldValue } from "../contract/fields.ts";
import type { SourceOperator } from "../contract/sources.ts";

/** What a column's values are as fields of a record. Files are texts: their addresses there end, and would look like a change at every look. */
const fieldTypes: Readonly<Record<TableField["type"], FieldType>> = {
	text: "text",
	long_text: "text",
	rich_text: "markdown",
	url: "url",
	email: "text",
	phone: "text",
	number: "number",
	currency: "number",
	percent: "number",
	rating: "number",
	duration: "number",
	boolean: "boolean",
	date: "date",
	datetime: "date",
	select: "text",
	multi_select: "list",
	attachment: "list",
	link: "list",
	unsupported: "text",
};

export function fieldTypeOf(type: TableField["type"]): FieldType {
	return fieldTypes[type];
}

const presence: readonly SourceOperator[] = ["empty", "not_empty"];
const operators: Readonly<Record<FieldType, readonly SourceOperator[]>> = {
	text: ["is", "is_not", "contains", ...presence],
	markdown: ["contains", ...presence],
	url: ["is", "is_not", "contains", ...presence],
	image: presence,
	date: ["is", "gt", "lt", ...presence],
	number: ["is", "is_not", "gt", "lt", ...presence],
	boolean: ["is"],
	currency: ["is", "is_not", "gt", "lt", ...presence],
	list: ["contains", ...presence],
};

/** The conditions that make sense of a value, where the provider checks all of them. */
export function operatorsFor(type: FieldType): SourceOperator[] {
	return [...operators[type]];
}

const longestText = 100_000;

/**
 * A cell as a field of the column's type; as a text where it is something else than its column says. Undefined: it is empty. What is too
 * long for a field comes whole: whoever stores it refuses the row in words, and nothing is cut in silence.
 */
export function fieldOf(cell: unknown, type: FieldType): FieldValue | undefined {
	if (isEmpty(cell)) return undefined;
	switch (type) {
		case "number":
			return typeof cell === "number" && Number.isFinite(cell) ? { type, value: cell } : textField(cell);
		case "boolean":
			return typeof cell === "boolean" ? { type, value: cell } : textField(cell);
		case "list":
			return { type, value: (Array.isArray(cell) ? cell : [cell]).map(textOf).filter((text) => text !== "") };
		case "date":
			return typeof cell === "string" && isDate(cell) ? { type, value: cell } : textField(cell);
		case "url":
		case "image":
		case "markdown":
			return typeof cell === "string" ? { type, value: storable(cell) } : textField(cell);
		case "text":
		case "currency":
			return textField(cell);
	}
}

function isEmpty(cell: unknown): boolean {
	return cell === null || cell === undefined || cell === "" || (Array.isArray(cell) && cell.every(isEmpty));
}

/** Longer texts fit a field of the longer kind. */
function textField(cell: unknown): FieldValue | undefined {
	const value = textOf(cell);
	if (value === "") return undefined;
	return value.length > longestText ? { type: "markdown", value } : { type: "text", value };
}

function isDate(text: string): boolean {
	return text.length <= 40 && !Number.isNaN(Date.parse(text));
}

/** What a person would read: of an object its name, its text or its address. */
function textOf(cell: unknown): string {
	if (typeof cell === "string") return storable(cell);
	if (typeof cell === "number" || typeof cell === "boolean") return String(cell);
	if (Array.isArray(cell)) return cell.map(textOf).join(", ");
	if (typeof cell !== "object" || cell === null) return "";
	const parts = new Map(Object.entries(cell));
	const said = ["name", "filename", "text", "email", "url"].map((part) => parts.get(part)).find(isText);
	return said === undefined ? JSON.stringify(cell) : storable(said);
}

const loneSurrogate = /\p{Surrogate}/u;

/** Without what the database cannot hold (`records/text-rules.ts`): nobody sees it, and one such character would stop the whole run. */
function storable(text: string): string {
	if (!text.includes("\0") && !loneSurrogate.test(text)) return text;
	return text.replaceAll("\0", "").replaceAll(/\p{Surrogate}/gu, "\ufffd");
}

function isText(value: unknown): value is string {
	return typeof value === "string" && value !== "";
}
