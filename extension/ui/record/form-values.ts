import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import { hashOfAddress } from "../../blobs/address.ts";
import { isWebAddress } from "../../capture/values/url.ts";
import {
	columnOfInput,
	type FormColumn,
	type FormValue,
	type InputKind,
	inputOf,
	inputOfType,
	type ListInputKind,
	type TextInputKind,
} from "./input-kinds.ts";
import { clockText, localMoment } from "./moments.ts";
import { amountToText, numberToText } from "./number-text.ts";

/** Longer than this, or with a line break, a text gets a growing box. */
const longTextLength = 60;

/**
 * The input for a value: the column's, wherever the value can be shown in it whole; else the value's own, so that nothing that was captured
 * is lost or changed by being looked at.
 * @param column null: there is none, or a step stands between the value and its column
 * @param type what kind of value the field has when it has none yet and there is no column
 */
export function toFormValue(
	value: FieldValue | undefined,
	column: FormColumn | null,
	{ locale, type = "text" }: { locale?: string | undefined; type?: FieldType } = {},
): FormValue {
	const input = column === null ? null : inputOf(column);
	if (!value) return emptyFormValue(input ?? inputOfType[type], column !== null);
	const fitted = input === null ? null : fitIn(input, value, { column, locale });
	return fitted ?? ownFormValue(value, locale);
}

/** The same value in an input of that kind, whatever its column: what an untouched input still says. */
export function shownIn(input: InputKind, value: FieldValue, locale?: string): FormValue {
	const column = { type: columnOfInput[input], options: [], linkedTableId: "", max: Number.POSITIVE_INFINITY };
	return toFormValue(value, column, { locale });
}

function emptyFormValue(input: InputKind, hasColumn: boolean): FormValue {
	switch (input) {
		case "boolean":
			return { input, checked: false };
		case "rating":
			return { input, stars: 0 };
		case "moment":
			return { input, day: "", time: "" };
		case "currency":
			return { input, text: "", currency: "", ...(hasColumn ? { codeless: true as const } : {}) };
		case "list":
		case "choices":
		case "rows":
		case "files":
			return { input, items: [] };
		default:
			return { input, text: "" };
	}
}

function ownFormValue(value: FieldValue, locale?: string): FormValue {
	switch (value.type) {
		case "number":
			return { input: "number", text: numberToText(value.value, locale) };
		case "currency":
			return { input: "currency", text: amountToText(value.value, locale), currency: value.value.currency };
		case "boolean":
			return { input: "boolean", checked: value.value };
		case "list":
			return { input: "list", items: value.value };
		case "date":
			return ownDate(value.value);
		case "url":
		case "image":
			return { input: "url", text: value.value };
		case "markdown":
			return { input: "long_text", text: value.value };
		case "text":
			return { input: isLong(value.value) ? "long_text" : "text", text: value.value };
	}
}

function ownDate(text: string): FormValue {
	const moment = localMoment(text);
	return moment.time === "" ? { input: "date", text: moment.day } : { input: "moment", ...moment };
}

function isLong(text: string): boolean {
	return text.length > longTextLength || text.includes("\n");
}

type Fitting = { column: FormColumn | null; locale: string | undefined };

/** Null: the value would not be whole in it. */
function fitIn(input: InputKind, value: FieldValue, { column, locale }: Fitting): FormValue | null {
	switch (input) {
		case "long_text":
		case "text":
		case "url":
		case "email":
		case "phone":
		case "choice":
			return textIn(input, value, locale);
		case "choices":
		case "rows":
		case "list":
		case "files":
			return itemsIn(input, value);
		case "boolean":
			return value.type === input ? ownFormValue(value, locale) : null;
		case "date":
			return value.type === input ? { input, text: localMoment(value.value).day } : null;
		case "moment":
			return value.type === "date" ? { input, ...localMoment(value.value) } : null;
		case "currency":
			return amountIn(value, locale);
		default:
			return value.type === "number" ? numberIn(input, value.value, { column, locale }) : null;
	}
}

function textIn(input: TextInputKind, value: FieldValue, locale: string | undefined): FormValue | null {
	const text = lineOf(value);
	if (input === "choice") return text === null ? null : { input, text };
	if (input === "url") return text !== null && isAddress(text) ? { input, text } : null;
	if (value.type === "number") return { input, text: numberToText(value.value, locale) };
	if (text === null || value.type === "list") return null;
	return { input: input === "text" && isLong(text) ? "long_text" : input, text };
}

/** Of the web, or of a picture that was taken here. */
function isAddress(text: string): boolean {
	return isWebAddress(text) || hashOfAddress(text) !== null;
}

/** A text of any kind, or the one entry of a list. */
function lineOf(value: FieldValue): string | null {
	if (value.type === "list") return value.value.length === 1 ? (value.value[0] ?? null) : null;
	const isText = value.type === "text" || value.type === "markdown" || value.type === "url" || value.type === "image";
	return isText ? value.value : null;
}

function itemsIn(input: ListInputKind, value: FieldValue): FormValue | null {
	const line = lineOf(value);
	const items = value.type === "list" ? value.value : line === null ? null : [line];
	if (items === null || (input === "files" && !items.every(isAddress))) return null;
	return { input, items };
}

function amountIn(value: FieldValue, locale: string | undefined): FormValue | null {
	if (value.type !== "currency" && value.type !== "number") return null;
	const { text, currency } =
		value.type === "currency"
			? { text: amountToText(value.value, locale), currency: value.value.currency }
			: { text: numberToText(value.value, locale), currency: "" };
	return { input: "currency", text, currency, codeless: true };
}

function numberIn(input: InputKind, value: number, { column, locale }: Fitting): FormValue | null {
	switch (input) {
		case "number":
			return { input, text: numberToText(value, locale) };
		case "percent":
			// Times 100 leaves a trace in the last digit for some numbers; 15 digits hold what was meant.
			return { input, text: numberToText(Number((value * 100).toPrecision(15)), locale) };
		case "rating":
			return value >= 0 && value <= (column?.max ?? 5) ? { input, stars: Math.round(value) } : null;
		case "duration":
			return Number.isInteger(value) && value >= 0 ? { input, text: clockText(value) } : null;
		default:
			return null;
	}
}

/** Two inputs hold the same; a text that only moved between one line and many is the same text. */
export function sameForm(a: FormValue, b: FormValue): boolean {
	if ("items" in a) return "items" in b && a.items.join("\n") === b.items.join("\n");
	if (a.input === "boolean") return b.input === "boolean" && a.checked === b.checked;
	if (a.input === "rating") return b.input === "rating" && a.stars === b.stars;
	if (a.input === "moment") return b.input === "moment" && a.day === b.day && a.time === b.time;
	if (a.input === "currency") return b.input === "currency" && a.text === b.text && a.currency === b.currency;
	return "text" in b && b.input !== "currency" && a.text === b.text;
}
