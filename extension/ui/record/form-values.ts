import type { TableField } from "../../../backend/contract/connections.ts";
import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import { wellFormed } from "../../capture/values/text.ts";
import { isWebAddress } from "../../capture/values/url.ts";
import { formWords } from "../words/form.ts";
import { amountToText, numberToText, textToNumber } from "./number-text.ts";

/** What an input holds while a person edits it; unlike `FieldValue` it can be half-typed. */
export type FormValue =
	| { input: "text" | "long_text" | "url" | "number" | "date"; text: string }
	| { input: "currency"; text: string; currency: string }
	| { input: "boolean"; checked: boolean }
	| { input: "list"; items: string[] };

export type InputKind = FormValue["input"];

/** A value ready to be saved (`null`: left empty), or the sentence to show beside the input. */
export type ReadValue = { ok: true; value: FieldValue | null } | { ok: false; message: string };

/** The input for an empty cell of this column; a captured value brings its own. */
const inputOfColumn: Record<TableField["type"], InputKind> = {
	text: "text",
	long_text: "long_text",
	rich_text: "long_text",
	url: "url",
	email: "text",
	phone: "text",
	number: "number",
	currency: "currency",
	percent: "number",
	rating: "number",
	duration: "number",
	boolean: "boolean",
	date: "date",
	datetime: "date",
	select: "text",
	multi_select: "list",
	attachment: "url",
	link: "list",
	unsupported: "text",
};

const typeOfInput: Record<InputKind, FieldType> = {
	text: "text",
	long_text: "text",
	url: "url",
	number: "number",
	date: "date",
	currency: "currency",
	boolean: "boolean",
	list: "list",
};

/** Longer than this, or with a line break, a text gets a growing box. */
const longTextLength = 60;

/** The input for a captured value, or for an empty cell of the named column type. */
export function toFormValue(value: FieldValue | undefined, columnType: string, locale?: string): FormValue {
	if (!value) return emptyFormValue(inputOfColumn[columnType as TableField["type"]] ?? "text");
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
			return { input: "date", text: localDay(value.value) };
		case "url":
		case "image":
			return { input: "url", text: value.value };
		case "markdown":
			return { input: "long_text", text: value.value };
		case "text":
			return { input: isLong(value.value, columnType) ? "long_text" : "text", text: value.value };
	}
}

function emptyFormValue(input: InputKind): FormValue {
	if (input === "boolean") return { input, checked: false };
	if (input === "list") return { input, items: [] };
	if (input === "currency") return { input, text: "", currency: "" };
	return { input, text: "" };
}

function isLong(text: string, columnType: string): boolean {
	return (
		columnType === "long_text" || columnType === "rich_text" || text.length > longTextLength || text.includes("\n")
	);
}

/** An instant as the calendar day it has here; a plain day stays as it is; anything else is shown as nothing. */
function localDay(text: string): string {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
	const at = new Date(text);
	if (Number.isNaN(at.getTime())) return "";
	const two = (part: number) => String(part).padStart(2, "0");
	return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * Reads an input back. `original` is what `form` was made from: an untouched input gives it back unchanged, so that the time
 * of a date, the last digits of a number or the type `markdown` survive a look at the form.
 */
export function fromFormValue(form: FormValue, original: FieldValue | undefined, locale?: string): ReadValue {
	if (original && sameForm(form, toFormValue(original, "", locale))) return { ok: true, value: original };
	switch (form.input) {
		case "boolean":
			return { ok: true, value: original || form.checked ? { type: "boolean", value: form.checked } : null };
		case "list":
			return { ok: true, value: form.items.length > 0 ? { type: "list", value: form.items.map(wellFormed) } : null };
		case "number":
		case "currency":
			return readNumber(form, locale);
		default:
			return readText(form, original);
	}
}

function readNumber(form: Extract<FormValue, { text: string }>, locale?: string): ReadValue {
	if (form.text.trim() === "") return { ok: true, value: null };
	const amount = textToNumber(form.text, locale);
	if (amount === null) return { ok: false, message: formWords.notANumber(numberToText(1234.5, locale)) };
	if (form.input !== "currency") return { ok: true, value: { type: "number", value: amount } };
	const currency = form.currency.trim().toUpperCase();
	if (!/^[A-Z]{3}$/.test(currency)) return { ok: false, message: formWords.notACurrency };
	return { ok: true, value: { type: "currency", value: { amount, currency } } };
}

function readText(form: Extract<FormValue, { text: string }>, original: FieldValue | undefined): ReadValue {
	// What is pasted may hold characters that no store takes and nobody sees.
	const storable = wellFormed(form.text);
	const text = form.input === "long_text" ? storable.trimEnd() : storable.trim();
	if (text === "") return { ok: true, value: null };
	if (form.input === "url" && !isWebAddress(text)) return { ok: false, message: formWords.notAnAddress };
	const kept = original?.type === "markdown" || original?.type === "image" ? original.type : typeOfInput[form.input];
	return { ok: true, value: { type: kept, value: text } as FieldValue };
}

/** Two inputs hold the same; a text that only moved between one line and many is the same text. */
export function sameForm(a: FormValue, b: FormValue): boolean {
	if (a.input === "boolean") return b.input === "boolean" && a.checked === b.checked;
	if (a.input === "list") return b.input === "list" && a.items.join("\n") === b.items.join("\n");
	if (a.input === "currency") return b.input === "currency" && a.text === b.text && a.currency === b.currency;
	return b.input !== "boolean" && b.input !== "list" && b.input !== "currency" && a.text === b.text;
}
