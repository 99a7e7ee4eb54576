const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** The value of a decimal digit of any script: Unicode puts each script's ten in a row, from zero up. */
const digitValue = (digit: string): number => {
	const code = digit.codePointAt(0) ?? 0;
	let zero = code;
	while (code - zero < 9 && isDigit(zero - 1)) zero -= 1;
	return code - zero;
};

/** Arabic-Indic, Devanagari, Thai, full-width and all other decimal digits as ASCII ones. */
export const asciiDigits = (text: string): string =>
	text.replace(/\p{Nd}/gu, (digit) => (digit >= "0" && digit <= "9" ? digit : String(digitValue(digit))));

/** Counting words that stand for a power of ten, as prices and counts abbreviate them. */
const scales: readonly (readonly [RegExp, number])[] = [
	[/^\s?(?:兆|조)/u, 1e12],
	[/^\s?(?:億|亿|억)/u, 1e8],
	[/^\s?(?:萬|万|만)/u, 1e4],
	[/^\s?(?:crores?|cr\.?)(?![\p{L}])/iu, 1e7],
	[/^\s?(?:lakhs?|lacs?)(?![\p{L}])/iu, 1e5],
	[/^\s?(?:bn|b|billion|mrd\.?|миллиард\p{L}*|млрд\.?)(?![\p{L}\d])/iu, 1e9],
	[/^\s?(?:m|mn|mio\.?|millions?|millionen|millones|milhões|мл?н\.?|миллион\p{L}*)(?![\p{L}\d])/iu, 1e6],
	[/^\s?(?:k|tsd\.?|mil|тыс\.?|thousand)(?![\p{L}\d])/iu, 1e3],
];

/** What the word right after a number multiplies it by (`1.2k`, `3,4 Mio.`, `12万`); 1 without one. */
export const scaleAfter = (rest: string): number => scales.find(([word]) => word.test(rest))?.[1] ?? 1;
