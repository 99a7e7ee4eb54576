import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { misfit, type Wants } from "../misfit.ts";

/** Ways to look at a captured value, and to answer, that the coercions of all property types share. */
export function accept(cell: unknown): CoerceResult {
	return { ok: true, cell };
}

/** Names the column, what it takes and what the record has: what a person needs to mend it. */
export function refuse(column: TableField, wants: Wants, value: FieldValue): CoerceResult {
	return misfit(column, wants, { shown: textOf(value, ", ") });
}

/** The filled entries of a list, or the one text of any other value, trimmed. */
export function entriesOf(value: FieldValue): string[] {
	const written = value.type === "list" ? value.value : [textOf(value, "")];
	return written.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/** The value as a person would have written it. */
export function textOf(value: FieldValue, separator: string): string {
	switch (value.type) {
		case "list":
			return entriesOf(value).join(separator);
		case "boolean":
			return value.value ? "Yes" : "No";
		case "number":
			return String(value.value);
		case "currency":
			return `${value.value.amount} ${value.value.currency}`;
		case "text":
		case "markdown":
			return value.value;
		case "url":
		case "image":
		case "date":
			return value.value.trim();
	}
}

/** The text of a value that is one text, or a list of one; null for everything else. */
export function singleText(value: FieldValue): string | null {
	if (value.type === "number" || value.type === "boolean" || value.type === "currency") return null;
	const entries = entriesOf(value);
	return entries.length === 1 ? (entries[0] ?? null) : null;
}

export function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text) && !/\s/.test(text) && URL.canParse(text);
}
