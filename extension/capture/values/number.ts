/** Arabic-Indic, Persian, Devanagari, Bengali and full-width digits as ASCII ones. */
const asciiDigits = (text: string): string =>
	text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\uff10-\uff19]/g, (digit) => {
		const code = digit.charCodeAt(0);
		return String(code >= 0xff10 ? code - 0xff10 : (code - (code >= 0x0966 ? 0x0966 : 0x0660)) % 16);
	});

const groupMarks = /[\s'’٬\u00a0\u2009\u202f]/g;

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

/**
 * The first number in a text, whatever the locale's separators are, or null. `decimals` is how many digits a fraction
 * usually has here; it decides what `1.234` means.
 */
export const parseAmount = (text: string, { decimals = 2 }: { decimals?: number } = {}): number | null => {
	const plain = asciiDigits(text.slice(0, 200)).replaceAll("٫", ".");
	const match = /(-|−)?\s?(?:[^\d\s.,]{1,4}\s?)?(\d(?:[\d.,'’٬\u00a0\u2009\u202f]| (?=\d{3}(?!\d)))*)/.exec(plain);
	if (match === null) return null;
	const compact = (match[2] ?? "").replace(groupMarks, "").replace(/[.,]+$/, "");
	const [whole, tail] = splitDecimals(compact, decimals);
	const value = Number(`${whole.replace(/[.,]/g, "")}.${tail || "0"}`);
	return Number.isFinite(value) ? (match[1] === undefined ? value : -value) : null;
};

const scales: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9 };

/** A count as pages abbreviate it: `12,345`, `1.2k`, `3M`. */
export const parseCount = (text: string): number | null => {
	const short = /^\s*(\d+(?:[.,]\d+)?)\s?([kmb])\b/i.exec(text);
	if (short !== null) {
		const scale = scales[(short[2] ?? "").toLowerCase()] ?? 1;
		return Math.round(Number((short[1] ?? "").replace(",", ".")) * scale);
	}
	return parseAmount(text);
};
