import { currencyOf, placesOf } from "./currency-signs.ts";
import { plainSigns } from "./plain-signs.ts";
import { readDigits } from "./read-digits.ts";
import { became, type StepResult, type StepRule, unread } from "./step-result.ts";
import { textOf } from "./text-values.ts";

/** A text to a number, or to an amount where its currency is certain. What is a number already stays. */
export const number: StepRule<"number"> = {
	title: "Read as a number",
	check: () => null,
	apply: (value, { decimal }) => {
		if (value.type === "number" || value.type === "currency") return became(value);
		const text = textOf(value);
		return text === null ? unread("is no text") : readNumber(text, decimal);
	},
};

/** Longer than any number with its currency. */
const maxLength = 100;
const unit = String.raw`[\p{L}\p{Sc}]+\.?`;
/** A sign, a currency before or after it, the digits with what parts them, a dash for no fraction (`199,-`), a currency, a sign. */
const written = new RegExp(
	String.raw`^([+-])? ?(${unit})? ?([+-])? ?(\d(?:[\d.,' ]*\d)?|[.,]\d+)(?:[.,]-{1,2})? ?(${unit})? ?([+-])?$`,
	"u",
);

type Decimal = "." | "," | "auto";

function readNumber(text: string, decimal: Decimal): StepResult {
	const plain = plainSigns(text.length > maxLength ? "" : text, decimal === "," ? "," : ".").replaceAll(/ +/g, " ");
	const inBrackets = /^\((.+)\)$/.exec(plain)?.[1];
	const [, first, before, second, digits = "", after, last] = written.exec(inBrackets ?? plain) ?? [];
	const signs = [first, second, last, inBrackets === undefined ? undefined : "-"].filter((sign) => sign !== undefined);
	const currencies = [before, after].filter((sign) => sign !== undefined).map(currencyOf);
	if (digits === "" || signs.length > 1 || currencies.includes(undefined)) return unread("is no number");
	const certain = [...new Set(currencies.filter((code) => typeof code === "string"))];
	const [currency] = certain;
	if (certain.length > 1) return unread("names two currencies");
	// With the Arabic sign before the fraction there is nothing to find out.
	const sure = decimal === "auto" && text.includes("\u066B") ? "." : decimal;
	const read = readDigits(digits, { decimal: sure, places: currency === undefined ? null : placesOf(currency) });
	if (!read.ok) return unread(read.why);
	const amount = signs.includes("-") && read.number !== 0 ? -read.number : read.number;
	return became(
		currency === undefined ? { type: "number", value: amount } : { type: "currency", value: { amount, currency } },
	);
}
