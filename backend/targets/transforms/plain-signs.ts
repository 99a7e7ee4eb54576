/** Zeros of the scripts whose digits pages write numbers with; each is followed by its one to nine. */
const zeros = [
	0x06_60, 0x06_f0, 0x09_66, 0x09_e6, 0x0a_66, 0x0a_e6, 0x0b_66, 0x0b_e6, 0x0c_66, 0x0c_e6, 0x0d_66, 0x0e_50, 0x0e_d0,
	0x10_40, 0x17_e0, 0xff_10,
];

/**
 * A text with the digits, spaces, minus signs, apostrophes and points of all scripts as ASCII has them, and without the marks that only
 * order what is read from right to left. The Arabic decimal sign becomes `decimal`; its sign between thousands an apostrophe.
 */
export function plainSigns(text: string, decimal: string): string {
	return text
		.replaceAll(/[\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, "")
		.replaceAll(/\p{Nd}/gu, asciiDigit)
		.replaceAll(/\s/gu, " ")
		.replaceAll(/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu, "-")
		.replaceAll(/[\u2018\u2019\u02BC\u2032\u066C\uFF07]/gu, "'")
		.replaceAll("\uFF0E", ".")
		.replaceAll("\uFF0C", ",")
		.replaceAll("\u066B", decimal)
		.trim();
}

function asciiDigit(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	const zero = zeros.find((start) => code >= start && code < start + 10);
	return zero === undefined ? digit : String(code - zero);
}
