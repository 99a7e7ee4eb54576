import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import { limits } from "../limits.ts";
import { parseDate } from "../values/date.ts";
import { parseCount } from "../values/number.ts";
import { parsePrice } from "../values/price.ts";
import { cleanLine, cleanText } from "../values/text.ts";
import { httpUrl } from "../values/url.ts";
import type { RecipePlace } from "./recipe.ts";

const negative = new Set(["", "no", "false", "0", "off", "none", "nein", "non", "いいえ", "لا"]);

/**
 * A text of the page as a value of the field's type, or null where it is none. A shop's price without its sign is in the currency that
 * the page names (`currency`).
 */
export function typedValue(
	text: string,
	type: FieldType,
	{ base, language, currency = null }: Omit<RecipePlace, "document"> & { currency?: string | null },
): FieldValue | null {
	switch (type) {
		case "text":
		case "markdown": {
			const value = cleanText(text);
			return value === "" ? null : { type, value };
		}
		case "url":
		case "image": {
			const value = httpUrl(text, base);
			return value === null ? null : { type, value };
		}
		case "date": {
			const value = parseDate(cleanLine(text, 200));
			return value === null ? null : { type, value };
		}
		case "number": {
			const value = parseCount(text);
			return value === null ? null : { type, value };
		}
		case "currency": {
			const value = parsePrice(text, { language }) ?? parsePrice(text, { language, known: currency });
			return value === null ? null : { type, value };
		}
		case "boolean":
			return { type, value: !negative.has(cleanLine(text, 20).toLowerCase()) };
		case "list":
			return listValue([text]);
	}
}

/** Short texts, each once, none empty. */
export function listValue(texts: readonly string[]): FieldValue | null {
	const lines = texts.map((text) => cleanLine(text, limits.listItemChars)).filter((text) => text !== "");
	const value = [...new Set(lines)].slice(0, limits.listItems);
	return value.length === 0 ? null : { type: "list", value };
}
