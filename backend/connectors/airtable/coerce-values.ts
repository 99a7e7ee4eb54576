import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { misfit, type Wants } from "../misfit.ts";

/** Ways to look at a captured value, and to answer, that the coercions of all column types share. */
export function accept(cell: unknown): CoerceResult {
	return { ok: true, cell };
}

/** Names the column, what it takes and what the record has: what a person needs to mend it. */
export function refuse(column: TableField, wants: Wants, value: FieldValue): CoerceResult {
	return misfit(column, wants, { shown: linesOf(value).join(", ") });
}

/** The filled entries of a list, trimmed. */
export function entriesOf(value: Extract<FieldValue, { type: "list" }>): string[] {
	return value.value.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/** The value as lines of text that a person would have written. */
export function linesOf(value: FieldValue): string[] {
	switch (value.type) {
		case "list":
			return entriesOf(value);
		case "boolean":
			return [value.value ? "Yes" : "No"];
		case "number":
			return [String(value.value)];
		case "currency":
			return [`${value.value.amount} ${value.value.currency}`];
		case "text":
		case "markdown":
			return [value.value];
		case "url":
		case "image":
		case "date":
			return [value.value.trim()];
	}
}

/** The text of a value that is one text, or a list of one; null for everything else. */
export function singleText(value: FieldValue): string | null {
	switch (value.type) {
		case "text":
		case "markdown":
		case "url":
		case "image":
		case "date":
			return value.value.trim();
		case "list": {
			const entries = entriesOf(value);
			return entries.length === 1 ? (entries[0] ?? null) : null;
		}
		case "number":
		case "boolean":
		case "currency":
			return null;
	}
}
