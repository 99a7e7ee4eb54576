import type { FieldType, FieldValue } from "../../contract/fields.ts";
import { fieldOf } from "../source-values.ts";

/** How a column's values are written. */
export type ValueKind =
	| "text"
	| "number"
	| "number with a decimal comma"
	| "yes or no"
	| "date"
	| "day.month.year"
	| "address"
	| "list";

export const fieldTypes: Readonly<Record<ValueKind, FieldType>> = {
	text: "text",
	number: "number",
	"number with a decimal comma": "number",
	"yes or no": "boolean",
	date: "date",
	"day.month.year": "date",
	address: "url",
	list: "list",
};

/** No zero before other figures (a postal code), and no more figures than a number keeps (an article's number). */
const number = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?:e[+-]?\d{1,2})?$/i;
const decimalComma = /^-?(?:0|[1-9]\d{0,14})(?:,\d{1,15})?$/;
const figures = 15;
/** A day, or a moment with its distance from UTC: without one it says no moment, and stays a text. */
const date = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;
const dayMonthYear = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const address = /^https?:\/\/[^\s]{3,8000}$/i;
const truths: ReadonlyMap<string, boolean> = new Map([
	["true", true],
	["false", false],
	["yes", true],
	["no", false],
]);

/** A text as a value of the kind; undefined: it is none. */
const readers: Readonly<Record<ValueKind, (text: string) => string | number | boolean | undefined>> = {
	text: (text) => text,
	list: () => undefined,
	number: (text) => (number.test(text) && hasFigures(text) ? Number(text) : undefined),
	"number with a decimal comma": (text) =>
		decimalComma.test(text) && hasFigures(text) ? Number(text.replace(",", ".")) : undefined,
	"yes or no": (text) => truths.get(text.toLowerCase()),
	date: (text) => (date.test(text) && isMoment(text) ? text.replace(" ", "T") : undefined),
	"day.month.year": dayOf,
	address: (text) => (address.test(text) ? text : undefined),
};

function hasFigures(text: string): boolean {
	return text.replace(/e.*$/i, "").replaceAll(/\D/g, "").length <= figures;
}

function isMoment(text: string): boolean {
	const day = text.slice(0, 10);
	const moment = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(Date.parse(text)) && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(day);
}

function dayOf(text: string): string | undefined {
	const [, day = "", month = "", year = ""] = dayMonthYear.exec(text) ?? [];
	const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
	return readers.date(written) === undefined ? undefined : written;
}

const guessed = ["number", "number with a decimal comma", "yes or no", "date", "day.month.year", "address"] as const;

/**
 * The kind that all of these values are of, else text. Empty ones say nothing. `1,234` is a thousand to some and a bit more than one to others:
 * commas are read as decimal ones where a value has other than three figures behind its comma. Pure.
 */
export function kindOf(values: readonly string[]): ValueKind {
	const said = values.filter((value) => value !== "");
	if (said.length === 0) return "text";
	const kind = guessed.find((one) => said.every((value) => readers[one](value) !== undefined));
	if (kind !== "number with a decimal comma") return kind ?? "text";
	return said.some((value) => value.includes(",") && !/,\d{3}$/.test(value)) ? kind : "text";
}

/** A value as a field; one that is not of its column's kind is a text. Undefined: it is empty. Pure. */
export function fieldFrom(value: string, kind: ValueKind): FieldValue | undefined {
	const read = readers[kind](value);
	return read === undefined ? fieldOf(value, "text") : fieldOf(read, fieldTypes[kind]);
}
