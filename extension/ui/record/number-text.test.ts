import { describe, expect, test } from "bun:test";
import { numberToText, textToNumber } from "./number-text.ts";

describe("J4: numbers are read the way the person's browser writes them", () => {
	const locales = ["en-GB", "de-DE", "fr-FR", "de-CH", "sv-SE", "pt-BR"];
	const numbers = [0, 1, -1, 0.5, 1234.56, -1_234_567.125, 1e12, 0.000001];

	for (const locale of locales) {
		test(`J4: every number survives ${locale}`, () => {
			for (const number of numbers) expect(textToNumber(numberToText(number, locale), locale)).toBe(number);
		});
	}

	const readings: [text: string, locale: string, number: number | null][] = [
		["1,234.56", "en-GB", 1234.56],
		["1234.56", "en-GB", 1234.56],
		["1.234,56", "de-DE", 1234.56],
		["1234,56", "de-DE", 1234.56],
		["1.5", "de-DE", 1.5],
		["1 234,56", "fr-FR", 1234.56],
		[".5", "en-GB", 0.5],
		["5.", "en-GB", 5],
		["  42 ", "en-GB", 42],
		["−3", "en-GB", -3],
		["1,5", "en-GB", null],
		["1,23,456", "en-GB", null],
		["12 kg", "en-GB", null],
		["", "en-GB", null],
		[".", "en-GB", null],
		["1e400", "en-GB", null],
		["NaN", "en-GB", null],
	];
	for (const [text, locale, number] of readings) {
		test(`J4: “${text}” in ${locale} is ${number}`, () => expect(textToNumber(text, locale)).toBe(number));
	}
});
