import type { TableField } from "../contract/connections.ts";
import type { FieldValue } from "../contract/fields.ts";
import type { CoerceResult } from "./connector.ts";
import { misfit } from "./misfit.ts";

/**
 * A captured value as it stands in a message: text, a number, yes or no, or a list of texts; null says that it was emptied. Money
 * is its amount (the currency is a field of its own). Nothing is cut, rounded or guessed. Pure.
 */
export function coerceForMessage(value: FieldValue, column: TableField): CoerceResult {
	if (isEmpty(value)) return accept(null);
	if (column.providerType === "any") return accept(asCaptured(value));
	switch (column.type) {
		case "number":
			return toNumber(value, column);
		case "boolean":
			return value.type === "boolean" ? accept(value.value) : misfit(column, "yes-or-no", {});
		case "date":
			return toDay(value, column);
		case "datetime":
			return toMoment(value, column);
		case "multi_select":
			return accept(value.type === "list" ? entriesOf(value.value) : [textOf(value)]);
		default:
			return accept(textOf(value));
	}
}

function accept(cell: unknown): CoerceResult {
	return { ok: true, cell };
}

function isEmpty(value: FieldValue): boolean {
	if (value.type === "list") return entriesOf(value.value).length === 0;
	return typeof value.value === "string" && value.value.trim() === "";
}

/** For a field without a type of its own. */
function asCaptured(value: FieldValue): unknown {
	if (value.type === "number" || value.type === "boolean") return value.value;
	if (value.type === "currency") return value.value.amount;
	return value.type === "list" ? entriesOf(value.value) : textOf(value);
}

function entriesOf(list: readonly string[]): string[] {
	return list.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

function textOf(value: FieldValue): string {
	switch (value.type) {
		case "list":
			return entriesOf(value.value).join(", ");
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

/** Digits with an optional sign and fraction; "1,299" could be either of two numbers. */
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

function toNumber(value: FieldValue, column: TableField): CoerceResult {
	if (value.type === "number") return accept(value.value);
	if (value.type === "currency") return accept(value.value.amount);
	const text = textOf(value).trim();
	return plainNumber.test(text) ? accept(Number(text)) : misfit(column, "number", {});
}

/** RFC 3339, as captures write dates; seconds and zone may be missing. */
const moment = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** The day as the page wrote it, whatever the zone. */
function toDay(value: FieldValue, column: TableField): CoerceResult {
	const [, day] = moment.exec(textOf(value).trim()) ?? [];
	return day !== undefined && isCalendarDay(day) ? accept(day) : misfit(column, "date", {});
}

/** The instant in UTC. A plain day, and a time whose zone nobody wrote down, go as they are. */
function toMoment(value: FieldValue, column: TableField): CoerceResult {
	const text = textOf(value).trim();
	const [, day, zone] = moment.exec(text) ?? [];
	if (day === undefined || !isCalendarDay(day)) return misfit(column, "date-and-time", {});
	if (zone === undefined) return accept(text);
	const instant = new Date(text.replace(" ", "T"));
	return Number.isNaN(instant.getTime()) ? misfit(column, "date-and-time", {}) : accept(instant.toISOString());
}

function isCalendarDay(day: string): boolean {
	const midnight = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
