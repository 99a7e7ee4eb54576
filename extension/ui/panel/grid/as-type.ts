import type { FieldType, FieldValue } from "../../../../backend/contract/fields.ts";
import { parseDate } from "../../../capture/values/date.ts";
import { parseCount } from "../../../capture/values/number.ts";
import { parsePrice } from "../../../capture/values/price.ts";
import { isWebAddress } from "../../../capture/values/url.ts";
import { plainText } from "../../record/value-text.ts";

/** The types a column of a table may have; rich text is an article's. */
export const columnTypes = [
	"text",
	"number",
	"currency",
	"date",
	"boolean",
	"url",
	"image",
	"list",
] as const satisfies readonly FieldType[];

/** How a list is written where it is one text. */
const between = /\s*[,;•|\n]\s*/;

const yes = new Set(["yes", "true", "1", "✓", "✔", "x", "ja", "oui", "sí", "si", "はい", "نعم"]);
const no = new Set(["no", "false", "0", "✗", "✘", "", "-", "–", "nein", "non", "いいえ", "لا"]);

/**
 * A cell as another type, or null when it does not read as one: then it stays as it is and the column says so.
 * @param language the page's (BCP 47), for signs that several currencies share
 */
export function asType(value: FieldValue, type: FieldType, language = ""): FieldValue | null {
	if (value.type === type) return value;
	const text = plainText(value).trim();
	switch (type) {
		case "text":
		case "markdown":
			return { type, value: text };
		case "number":
			return numberOf(value, text);
		case "currency": {
			const money = parsePrice(text, { language });
			return money && { type, value: money };
		}
		case "date": {
			const date = parseDate(text);
			return date === null ? null : { type, value: date };
		}
		case "boolean":
			return booleanOf(text.toLowerCase());
		case "url":
		case "image":
			return isWebAddress(text) ? { type, value: text } : null;
		case "list":
			return { type, value: text.split(between).filter((item) => item !== "") };
	}
}

function numberOf(value: FieldValue, text: string): FieldValue | null {
	const number = value.type === "currency" ? value.value.amount : parseCount(text);
	return number === null ? null : { type: "number", value: number };
}

function booleanOf(text: string): FieldValue | null {
	if (yes.has(text)) return { type: "boolean", value: true };
	return no.has(text) ? { type: "boolean", value: false } : null;
}
