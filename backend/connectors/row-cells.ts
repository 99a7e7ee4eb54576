import type { TableField } from "../contract/connections.ts";
import type { FieldValue } from "../contract/fields.ts";
import type { CoerceResult } from "./connector.ts";
import { misfit, unfillable, type Wants } from "./misfit.ts";
import { dayOf, instantOf } from "./row-dates.ts";

/**
 * A captured value as a table server takes it in a column of this type, exactly or not at all: nothing is cut, rounded (but to whole
 * stars) or guessed. An empty value empties the cell; a field that was not captured is no value and never comes here. Pure.
 */
export function coerceForRow(value: FieldValue, column: TableField): CoerceResult {
	if (!column.writable || column.type === "unsupported") {
		return unfillable(column);
	}
	return isEmpty(value) ? accept(null) : coercions[column.type](value, column);
}

type Coercion = (value: FieldValue, column: TableField) => CoerceResult;

const coercions: Readonly<Record<Exclude<TableField["type"], "unsupported">, Coercion>> = {
	text: (value) => accept(lineOf(value)),
	phone: (value) => accept(lineOf(value)),
	long_text: (value) => accept(linesOf(value).join("\n")),
	rich_text: (value) => accept(linesOf(value).join("\n")),
	url: toAddress,
	email: toEmail,
	number: toNumber,
	currency: toNumber,
	percent: toPercent,
	rating: toRating,
	duration: toSeconds,
	boolean: toCheck,
	date: (value, column) => found(dayOf(single(value) ?? ""), { value, column, wants: "date" }),
	datetime: (value, column) => found(instantOf(single(value) ?? ""), { value, column, wants: "date-and-zoned-time" }),
	select: toChoice,
	multi_select: (value, column) => accept([...new Set(namesOf(value, column))]),
	attachment: toFiles,
	link: toLinks,
};

function accept(cell: unknown): CoerceResult {
	return { ok: true, cell };
}

type Refused = { value: FieldValue; column: TableField; wants: Wants; max?: number };

/** Names the column, what it takes and what the record has: what a person needs to mend it. */
function refuse({ value, column, wants, ...places }: Refused): CoerceResult {
	return misfit(column, wants, { ...places, shown: linesOf(value).join(", ") });
}

function found(cell: string | number | boolean | null, refused: Refused): CoerceResult {
	return cell === null ? refuse(refused) : accept(cell);
}

function isEmpty(value: FieldValue): boolean {
	if (value.type === "list") return entriesOf(value).length === 0;
	return typeof value.value === "string" && value.value.trim() === "";
}

function entriesOf(value: Extract<FieldValue, { type: "list" }>): string[] {
	return value.value.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/** The value as lines of text that a person would have written. */
function linesOf(value: FieldValue): string[] {
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

/** A single line: line breaks become spaces, as they would when typed into it. */
function lineOf(value: FieldValue): string {
	return linesOf(value)
		.join(", ")
		.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ")
		.trim();
}

/** The text of a value that is one text, or a list of one; null for everything else. */
function single(value: FieldValue): string | null {
	if (value.type === "list") return entriesOf(value).length === 1 ? (entriesOf(value)[0] ?? null) : null;
	return typeof value.value === "string" ? value.value.trim() : null;
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text) && !/\s/.test(text) && URL.canParse(text);
}

function toAddress(value: FieldValue, column: TableField): CoerceResult {
	const address = single(value);
	return address !== null && isWebAddress(address) ? accept(address) : refuse({ value, column, wants: "web-address" });
}

function toEmail(value: FieldValue, column: TableField): CoerceResult {
	const address = single(value)?.replace(/^mailto:/i, "") ?? "";
	const cell = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? address : null;
	return found(cell, { value, column, wants: "email-address" });
}

/** Plain decimals only, and only what a double holds to the last digit: nobody can tell `1.234` from `1,234`. */
function numberOf(value: FieldValue): number | null {
	if (value.type === "number") return Number.isFinite(value.value) ? value.value : null;
	if (value.type === "currency") return Number.isFinite(value.value.amount) ? value.value.amount : null;
	const text = single(value) ?? "";
	return /^[+-]?\d+(?:\.\d+)?$/.test(text) && text.replace(/\D/g, "").length <= 15 ? Number(text) : null;
}

/** A column has one currency for all its rows, so an amount in any currency is written as its number. */
function toNumber(value: FieldValue, column: TableField): CoerceResult {
	return found(numberOf(value), { value, column, wants: "number" });
}

/** Cells hold percents: a number is taken as a fraction (0.5 is 50 %), a text with a percent sign as it stands. */
function toPercent(value: FieldValue, column: TableField): CoerceResult {
	const written = /^(.+?)\s*%$/.exec(single(value) ?? "")?.[1];
	const fraction = written === undefined ? numberOf(value) : null;
	// Times 100 leaves a trace in the last digit for some numbers; 15 digits hold what was meant.
	const percent =
		fraction === null ? numberOf({ type: "text", value: written ?? "" }) : Number((fraction * 100).toPrecision(15));
	return found(percent, { value, column, wants: "percentage" });
}

/** Stars are whole, so 4.6 becomes 5; nought is no star at all; above the column's maximum there is nothing. */
function toRating(value: FieldValue, column: TableField): CoerceResult {
	const max = column.max ?? 5;
	const number = value.type === "currency" ? null : numberOf(value);
	if (number === null || number < 0 || number > max) {
		return refuse({ value, column, wants: "rating", max });
	}
	return accept(Math.round(number) === 0 ? null : Math.round(number));
}

const isoDuration = /^P(?=.)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
const clockDuration = /^()(\d+):([0-5]\d):([0-5]\d)$/;

/** Seconds; a number counts as them. `1:30` is left alone: it is minutes to one page and hours to the next. */
function toSeconds(value: FieldValue, column: TableField): CoerceResult {
	const text = single(value) ?? "";
	const written = (isoDuration.exec(text) ?? clockDuration.exec(text))?.slice(1);
	if (written !== undefined) {
		const [days = 0, hours = 0, minutes = 0, seconds = 0] = written.map((part) => Number(part ?? 0));
		return accept(days * 86_400 + hours * 3_600 + minutes * 60 + seconds);
	}
	const seconds = value.type === "currency" ? null : numberOf(value);
	return found(seconds === null || seconds < 0 ? null : seconds, { value, column, wants: "duration" });
}

function toCheck(value: FieldValue, column: TableField): CoerceResult {
	if (value.type === "boolean") return accept(value.value);
	const word = value.type === "number" ? String(value.value) : (single(value)?.toLowerCase() ?? "");
	if (["true", "yes", "1"].includes(word)) return accept(true);
	return ["false", "no", "0"].includes(word) ? accept(false) : refuse({ value, column, wants: "yes-or-no" });
}

/** The column's own spelling where it has a choice in another case. */
function namesOf(value: FieldValue, column: TableField): string[] {
	const options = column.options ?? [];
	return (value.type === "list" ? entriesOf(value) : linesOf(value)).map((written) => {
		const name = written.replaceAll(/\s+/g, " ").trim();
		if (options.includes(name)) return name;
		return options.find((option) => option.toLowerCase() === name.toLowerCase()) ?? name;
	});
}

function toChoice(value: FieldValue, column: TableField): CoerceResult {
	const [name, ...more] = namesOf(value, column);
	return found(name !== undefined && more.length === 0 ? name : null, { value, column, wants: "one-choice" });
}

function toFiles(value: FieldValue, column: TableField): CoerceResult {
	const addresses = value.type === "list" ? entriesOf(value) : [single(value) ?? ""];
	if (!addresses.every(isWebAddress)) return refuse({ value, column, wants: "file-address" });
	return accept([...new Set(addresses)].map((url) => ({ url })));
}

/** Only ids: matching other tables by name would add rows there that nobody asked for. */
function toLinks(value: FieldValue, column: TableField): CoerceResult {
	const ids = value.type === "list" ? entriesOf(value) : linesOf(value);
	return ids.every((id) => /^\d{1,15}$/.test(id))
		? accept(ids.map(Number))
		: refuse({ value, column, wants: "row-ids" });
}
