import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import { parseDate } from "../values/date.ts";
import { parseAmount, parseCount } from "../values/number.ts";
import { parsePrice } from "../values/price.ts";
import { isWebAddress } from "../values/url.ts";
import type { RawValue } from "./cell.ts";

/** What a column of values is read with. */
export type TypeHint = {
	/** BCP 47: says whose `$` and `kr` it is. */
	language: string;
	/** The column's name, which may tell the currency: `Price (£)`. */
	name: string;
};

/** What tables write for "there is none". */
const nothing = /^(?:[-–—.…·/]+|n\/?a\.?|k\.\s?a\.|null|none|\?+)$/i;

export const isNothing = (text: string): boolean => text === "" || nothing.test(text);

/** A number and nothing else, in the digits of any script, with a sign or a per cent. Not `00123`, which is a name. */
const plainNumber = /^[-−+±~≈]?\s?(?!0\d)[\p{Nd}][\p{Nd}.,'’٬٫\s\u00a0\u2009\u202f]*\s?[%٪]?$/u;
const shortCount = /^\d+(?:[.,]\d+)?\s?[kmb]$/i;

/** Wide figures and commas are figures and commas. */
const isNumeric = (text: string): boolean => {
	const plain = text.length <= 40 ? text.normalize("NFKC") : "";
	return plainNumber.test(plain) || shortCount.test(plain);
};

/** From this to that, or for each of something: no single price, and half of what it says would be lost. */
const notOnePrice =
	/\p{Nd}\s*(?:[-–—~〜]|to|bis|à|a|до|až)\s*[^\p{Nd}]{0,5}\p{Nd}|(?:\/|\bper\b|\bpro\b|\bpar\b)\s*\p{L}/iu;

/** A price and little else: a sentence with a price in it is text. */
const isPrice = (text: string, language: string): boolean =>
	text.length <= 40 &&
	/\p{Nd}/u.test(text) &&
	letters(text) <= 8 &&
	!notOnePrice.test(text) &&
	parsePrice(text, { language }) !== null;

const letters = (text: string): number => text.replace(/[^\p{L}]/gu, "").length;

/** The currency that a column's name gives its amounts: `Price (£)`. */
const currencyNamed = ({ name, language }: TypeHint): string | null =>
	name === "" ? null : (parsePrice(`1 ${name}`, { language })?.currency ?? null);

const yes = /^(?:✓|✔|✅|☑|yes|ja|oui|sí|si|true|はい|有|نعم)$/i;
const no = /^(?:✗|✘|✕|❌|☐|no|nein|non|false|いいえ|無|لا)$/i;

const booleanOf = ({ text, checked }: RawValue): boolean | null => {
	if (checked !== null) return checked;
	return yes.test(text) ? true : no.test(text) ? false : null;
};

const dateOf = ({ text, machine }: RawValue): string | null => {
	const said = machine === "" ? null : parseDate(machine);
	// A number of eight digits may be a day; in a table it is as likely an identifier.
	return said ?? (text.length > 60 || /^\d+$/.test(text) ? null : parseDate(text));
};

/** What the point stands for in a column: some value shows it (`12.5`), `1.234` alone does not. */
const decimalsOf = (values: readonly RawValue[]): number => {
	const points = values.some(({ text }) => /^[^,]*\p{Nd}\.(?:\p{Nd}{1,2}|\p{Nd}{4,})[^\p{Nd},.]*$/u.test(text));
	return points && !values.some(({ text }) => text.includes(",")) ? 3 : 2;
};

const share = (values: readonly RawValue[], fits: (value: RawValue) => boolean): number => {
	const said = values.filter((value) => !isNothing(value.text) || value.checked !== null);
	return said.length === 0 ? 0 : said.filter(fits).length / said.length;
};

/** As many as have to fit before a column is of a type; the others are carried as text. */
const most = 0.8;

/** The type that fits a column's texts. Columns of links and pictures are taken apart before (`sheet.ts`). */
export const textTypeOf = (values: readonly RawValue[], hint: TypeHint): FieldType => {
	if (share(values, (value) => booleanOf(value) !== null) >= most) return "boolean";
	if (share(values, ({ text, machine }) => machine !== "" || !isNumeric(text)) >= most) {
		if (share(values, (value) => dateOf(value) !== null) >= most) return "date";
	}
	if (share(values, ({ text }) => isPrice(text, hint.language)) >= most) return "currency";
	if (share(values, ({ text }) => isNumeric(text)) >= most) return currencyNamed(hint) === null ? "number" : "currency";
	if (share(values, ({ text }) => isWebAddress(text)) >= most) return "url";
	return share(values, ({ items }) => items.length > 0) >= 0.5 ? "list" : "text";
};

const numberOf = (text: string, decimals: number): number | null => {
	if (!isNumeric(text)) return null;
	const plain = text.normalize("NFKC");
	return shortCount.test(plain) ? parseCount(plain) : parseAmount(plain, { decimals });
};

const priceOf = (text: string, hint: TypeHint): FieldValue | null => {
	if (text.length > 80) return null;
	const { language } = hint;
	const price = parsePrice(text, { language }) ?? parsePrice(text, { language, known: currencyNamed(hint) });
	return price === null ? null : { type: "currency", value: price };
};

const typed = (value: RawValue, type: FieldType, read: TypeHint & { decimals: number }): FieldValue | null => {
	if (type === "number") {
		const number = numberOf(value.text, read.decimals);
		return number === null ? null : { type, value: number };
	}
	if (type === "boolean") {
		const said = booleanOf(value);
		return said === null ? null : { type, value: said };
	}
	if (type === "date") {
		const date = dateOf(value);
		return date === null ? null : { type, value: date };
	}
	if (type === "currency") return priceOf(value.text, read);
	if (type === "url" || type === "image") return isWebAddress(value.text) ? { type, value: value.text } : null;
	return type === "list" && value.items.length > 0 ? { type, value: value.items } : null;
};

/** The column's texts as values of its type, in their order; null where the cell says nothing. */
export const typedTexts = (values: readonly RawValue[], type: FieldType, hint: TypeHint): (FieldValue | null)[] => {
	const read = { ...hint, decimals: decimalsOf(values) };
	return values.map((value) => {
		if (isNothing(value.text) && value.checked === null) return null;
		const text: FieldValue = { type: "text", value: value.text };
		return typed(value, type, read) ?? (value.text === "" ? null : text);
	});
};
