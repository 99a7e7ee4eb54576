import { asciiDigits, scaleAfter } from "./digits.ts";

const groupMarks = /[\s'’٬٫\u00a0\u2009\u202f]/g;

/** Splits `1.234.567,89` into its whole and its decimal digits by where the separators stand. */
const splitDecimals = (compact: string, decimals: number): [string, string] => {
	const last = Math.max(compact.lastIndexOf("."), compact.lastIndexOf(","));
	if (last < 0) return [compact, ""];
	const [whole, tail] = [compact.slice(0, last), compact.slice(last + 1)];
	const mark = compact[last] ?? "";
	const both = compact.includes(".") && compact.includes(",");
	const repeated = whole.includes(mark);
	// `1,234` is a thousand in every locale that has two decimals; `0,234` and `1,2345` are fractions.
	const isGroup = repeated || (!both && tail.length === 3 && decimals !== 3 && !/^0*$/.test(whole));
	return isGroup && tail.length === 3 ? [compact, ""] : [whole, tail];
};

/** A number in a text: its value, and where it stands in the text as `plainNumbers` made it. */
export type FoundNumber = { value: number; from: number; to: number };

/** White space of any width, digits of any script and the Arabic decimal mark as ASCII; no longer than `maxChars`. */
export const plainNumbers = (text: string, maxChars = 200): string =>
	asciiDigits(text.slice(0, maxChars))
		.replaceAll("٫", ".")
		.replaceAll("−", "-")
		.replaceAll("，", ",")
		.replaceAll("．", ".");

const aNumber = /(?:(?<=^|[\s$€£])[.,](?=\d{2}(?!\d)))?\d(?:[\d.,'’٬\u00a0\u2009\u202f]| (?=\d{3}(?!\d)))*/g;

/** Every number of a text that `plainNumbers` gave, as a person reads it in the locale that its separators are of. */
export const numbersIn = (plain: string, decimals = 2): FoundNumber[] =>
	Array.from(plain.matchAll(aNumber), ({ 0: raw, index }) => {
		const trimmed = raw.replace(/[.,'’٬\u00a0\u2009\u202f]+$/, "");
		const [whole, tail] = splitDecimals(trimmed.replace(groupMarks, ""), decimals);
		const value = Number(`${whole.replace(/[.,]/g, "")}.${tail || "0"}`);
		// Only at the beginning or in brackets: `10 - $20` is a range.
		const negative = /(?:^|\()\s*-\s?(?:[^\d\s.,-]{1,4}\s?)?$/.test(plain.slice(0, index));
		return { value: negative ? -value : value, from: index, to: index + trimmed.length };
	}).filter(({ value }) => Number.isFinite(value));

/**
 * The first number in a text, whatever the locale's separators are, or null. `decimals` is how many digits a fraction
 * usually has here; it decides what `1.234` means.
 */
export const parseAmount = (text: string, { decimals = 2 }: { decimals?: number } = {}): number | null =>
	numbersIn(plainNumbers(text), decimals)[0]?.value ?? null;

/** A count as pages abbreviate it: `12,345`, `1.2k`, `3 Mio.`, `12万`. */
export const parseCount = (text: string): number | null => {
	const plain = plainNumbers(text);
	const first = numbersIn(plain)[0];
	if (first === undefined) return null;
	const scale = scaleAfter(plain.slice(first.to));
	if (scale === 1) return first.value;
	// An abbreviated count has a fraction and no thousands: `1,204k` is none that anybody writes.
	const short = Number(plain.slice(first.from, first.to).replace(",", "."));
	return Math.round((Number.isFinite(short) ? short : first.value) * scale);
};
