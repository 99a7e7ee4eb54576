import type { FieldValue } from "../../../backend/contract/fields.ts";
import { hashOfAddress } from "../../blobs/address.ts";
import { wellFormed } from "../../capture/values/text.ts";
import { isWebAddress } from "../../capture/values/url.ts";
import { formWords } from "../words/form.ts";
import { inputWords } from "../words/inputs.ts";
import { sameForm, shownIn } from "./form-values.ts";
import type { FormValue, ListInputKind, TextInputKind } from "./input-kinds.ts";
import { clockSeconds, momentText } from "./moments.ts";
import { numberToText, textToNumber } from "./number-text.ts";

/** A value ready to be saved (`null`: left empty), or the sentence to show beside the input. */
export type ReadValue = { ok: true; value: FieldValue | null } | { ok: false; message: string };

type Form<Input extends FormValue["input"]> = Extract<FormValue, { input: Input }>;

const found = (value: FieldValue | null): ReadValue => ({ ok: true, value });
const refused = (message: string): ReadValue => ({ ok: false, message });

/**
 * Reads an input back. `original` is what `form` was made from: an untouched input gives it back unchanged, so that the time
 * of a date, the last digits of a number or the type `markdown` survive a look at the form.
 */
export function fromFormValue(form: FormValue, original: FieldValue | undefined, locale?: string): ReadValue {
	if (original && sameForm(form, shownIn(form.input, original, locale))) return found(original);
	switch (form.input) {
		case "boolean":
			return found(original || form.checked ? { type: "boolean", value: form.checked } : null);
		case "rating":
			return found(form.stars > 0 ? { type: "number", value: form.stars } : null);
		case "moment":
			return readMoment(form);
		case "currency":
			return readCurrency(form, locale);
		case "list":
		case "choices":
		case "rows":
			return found(form.items.length > 0 ? { type: "list", value: form.items.map(wellFormed) } : null);
		case "files":
			return readFiles(form, original);
		default:
			return readText(form, { original, locale });
	}
}

function readMoment({ day, time }: Form<"moment">): ReadValue {
	if (day === "" && time === "") return found(null);
	const value = momentText({ day, time });
	return value === null ? refused(inputWords.noDay) : found({ type: "date", value });
}

function readCurrency(form: Form<"currency">, locale: string | undefined): ReadValue {
	if (form.text.trim() === "") return found(null);
	const amount = textToNumber(form.text, locale);
	if (amount === null) return notANumber(locale);
	const currency = form.currency.trim().toUpperCase();
	if (form.codeless && currency === "") return found({ type: "number", value: amount });
	if (!/^[A-Z]{3}$/.test(currency)) return refused(formWords.notACurrency);
	return found({ type: "currency", value: { amount, currency } });
}

/** One picture stays a picture. */
function readFiles({ items }: Form<ListInputKind>, original: FieldValue | undefined): ReadValue {
	const [first, ...more] = items;
	if (first === undefined) return found(null);
	if (more.length === 0 && hashOfAddress(first) !== null) return found({ type: "image", value: first });
	if (!items.every(isWebAddress)) return refused(formWords.notAnAddress);
	if (more.length > 0) return found({ type: "list", value: items });
	return found({ type: original?.type === "image" ? "image" : "url", value: first });
}

type About = { original: FieldValue | undefined; locale: string | undefined };

function readText(form: Form<TextInputKind>, { original, locale }: About): ReadValue {
	// What is pasted may hold characters that no store takes and nobody sees.
	const storable = wellFormed(form.text);
	const text = form.input === "long_text" ? storable.trimEnd() : storable.trim();
	if (text === "") return found(null);
	switch (form.input) {
		case "number":
		case "percent":
		case "duration":
			return readNumber({ input: form.input, text }, locale);
		case "date":
			return found({ type: "date", value: text });
		case "url":
			if (hashOfAddress(text) !== null) return found({ type: "image", value: text });
			if (!isWebAddress(text)) return refused(formWords.notAnAddress);
			return found({ type: original?.type === "image" ? "image" : "url", value: text });
		case "email":
			return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
				? found({ type: "text", value: text })
				: refused(inputWords.noEmail);
		case "phone":
			return /^[+(\d][\d\s().,/x*#+-]{1,60}$/i.test(text)
				? found({ type: "text", value: text })
				: refused(inputWords.noPhone);
		default:
			return found({ type: original?.type === "markdown" ? "markdown" : "text", value: text });
	}
}

function readNumber(
	{ input, text }: { input: "number" | "percent" | "duration"; text: string },
	locale?: string,
): ReadValue {
	if (input === "duration") {
		const seconds = clockSeconds(text);
		return seconds === null ? refused(inputWords.noDuration) : found({ type: "number", value: seconds });
	}
	const number = textToNumber(input === "percent" ? text.replace(/\s*%$/, "") : text, locale);
	if (number === null) return notANumber(locale);
	// Cells of percent columns hold fractions; dividing leaves a trace in the last digit for some numbers.
	const value = input === "percent" ? Number((number / 100).toPrecision(15)) : number;
	return found({ type: "number", value });
}

function notANumber(locale: string | undefined): ReadValue {
	return refused(formWords.notANumber(numberToText(1234.5, locale)));
}
