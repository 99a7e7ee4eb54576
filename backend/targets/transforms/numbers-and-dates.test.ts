import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { FieldValue } from "../../contract/fields.ts";
import type { TransformStep } from "../../contract/transforms.ts";
import { applyTransform, checkTransform } from "./apply-transform.ts";

const after = (value: FieldValue | string, step: TransformStep) => {
	const result = applyTransform(typeof value === "string" ? { type: "text", value } : value, [step]);
	return result.ok ? result.value : result.why;
};
type Expected = number | [amount: number, currency: string] | string;

/** A number alone, or an amount as `[amount, currency]`; a sentence where it is not read. */
const read = (written: string, decimal: "." | "," | "auto" = "auto") => {
	const value = after(written, { kind: "number", decimal });
	if (value === null || typeof value === "string") return value;
	return value.type === "currency" ? [value.value.amount, value.value.currency] : value.value;
};

describe("number", () => {
	test.each<[string, Expected]>([
		["1.234,56 €", [1234.56, "EUR"]],
		["$1,234.56", 1234.56],
		["₹1,23,456", [123_456, "INR"]],
		["1 234 kr", 1234],
		["1\u00A0234,50\u00A0€", [1234.5, "EUR"]],
		["1\u202F234,5 EUR", [1234.5, "EUR"]],
		["CHF 1’234.50", [1234.5, "CHF"]],
		["1'234.–", 1234],
		["199,-", 199],
		["US$ 5", [5, "USD"]],
		["$5.00 USD", [5, "USD"]],
		["kr. 1.250,00", 1250],
		["R$ 1.234,56", [1234.56, "BRL"]],
		["12,5 zł", [12.5, "PLN"]],
		["-12", -12],
		["−12,5", -12.5],
		["12-", -12],
		["(1,234.50)", -1234.5],
		["€-5", [-5, "EUR"]],
		["+7", 7],
		["0,125", 0.125],
		[".5", 0.5],
		["1234.567", 1234.567],
		["1,234,567", 1_234_567],
		["1.234.567", 1_234_567],
		["1.234 €", [1234, "EUR"]],
		["12 345,678", 12_345.678],
		["١٬٢٣٤٫٥", 1234.5],
		["１２３．５", 123.5],
		["१,२३,४५६.७", 123_456.7],
		["0.1", 0.1],
		["-0", 0],
		["1.234", "may be 1234 or 1.234"],
		["1,234", "may be 1234 or 1.234"],
		["1,234 KWD", "may be 1234 or 1.234"],
		["1,23,45", "is no number as it is written there"],
		["1.2.3", "is no number as it is written there"],
		["1 23", "is no number as it is written there"],
		["1,234.56.7", "is no number as it is written there"],
		["12345678901234567890", "has more digits than a number can hold"],
		["0.12345678901234567891", "has more digits than a number can hold"],
		["€5 USD", "names two currencies"],
		["12 %", "is no number"],
		["from 12 €", "is no number"],
		["12 pieces", "is no number"],
		["--5", "is no number"],
		["n/a", "is no number"],
	])("CON-2: %s is read as %j", (written, expected) => {
		expect(read(written)).toEqual(expected);
	});

	test("CON-2: told which sign is the decimal one, a number is read so or refused", () => {
		expect(read("1.234", ".")).toBe(1.234);
		expect(read("1.234", ",")).toBe(1234);
		expect(read("1,234", ".")).toBe(1234);
		expect(read("1,234", ",")).toBe(1.234);
		expect(read("1,234.5", ",")).toBe("is no number as it is written there");
		expect(read("1.234,5", ".")).toBe("is no number as it is written there");
	});

	test("CON-2: what Intl writes in any locale is read back as it was, sign, groups and all", () => {
		const locales = [
			"en-US",
			"de-DE",
			"de-CH",
			"fr-FR",
			"en-IN",
			"sv-SE",
			"pl-PL",
			"pt-BR",
			"ar-EG",
			"hi-IN-u-nu-deva",
			"fa-IR",
		];
		const cents = fc.integer({ min: -10_000_000_000, max: 10_000_000_000 });
		fc.assert(
			fc.property(fc.constantFrom(...locales), cents, (locale, hundredths) => {
				const value = hundredths / 100;
				const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
				const decimal = format.formatToParts(1.5).find(({ type }) => type === "decimal")?.value;
				expect(read(format.format(value), decimal === "," ? "," : ".")).toBe(value === 0 ? 0 : value);
				expect(read(format.format(value))).toBe(value === 0 ? 0 : value);
			}),
		);
	});

	test("CON-2: no text makes it slow or throw, and a number is never made of something else", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: "binary", maxLength: 200 }),
				fc.constantFrom(".", ",", "auto"),
				(written, decimal) => {
					const value = read(written, decimal);
					if (typeof value === "number") expect(written).toMatch(/\p{Nd}/u);
				},
			),
		);
	});
});

const stepOf = (pattern?: string, timeZone?: string): TransformStep => ({
	kind: "date",
	...(pattern === undefined ? {} : { pattern }),
	...(timeZone === undefined ? {} : { timeZone }),
});

describe("date", () => {
	const dated = (written: string, pattern?: string, timeZone?: string): string => {
		const value = after(written, stepOf(pattern, timeZone));
		if (typeof value === "string") return value;
		return value?.type === "date" ? value.value : "no date";
	};

	test.each<[string, string | undefined, string | undefined, string]>([
		["31.01.2025", "DD.MM.YYYY", undefined, "2025-01-31"],
		["1/2/2025", "M/D/YYYY", undefined, "2025-01-02"],
		["March 5,  2025", "MMMM D, YYYY", undefined, "2025-03-05"],
		["5 Sept. 2025", "D MMM YYYY", undefined, "2025-09-05"],
		["5 may 2025", "D MMMM YYYY", undefined, "2025-05-05"],
		["Published: 2025-03-05", "[Published:] YYYY-MM-DD", undefined, "2025-03-05"],
		["05.03.2025 14:30 Uhr", "DD.MM.YYYY HH:mm [Uhr]", "Europe/Zurich", "2025-03-05T14:30:00+01:00"],
		["05.07.2025 00:30", "DD.MM.YYYY HH:mm", "Europe/Zurich", "2025-07-05T00:30:00+02:00"],
		["3/5/2025 12:05 AM", "M/D/YYYY hh:mm A", "America/New_York", "2025-03-05T00:05:00-05:00"],
		["3/5/2025 1:05 p.m.", "M/D/YYYY h:mm A", "UTC", "2025-03-05T13:05:00+00:00"],
		["2025-03-05 14:30", "YYYY-MM-DD HH:mm", undefined, "2025-03-05T14:30:00"],
		["٢٠٢٥-٠٣-٠٥", "YYYY-MM-DD", undefined, "2025-03-05"],
		["2025−03−05", "YYYY–MM–DD", undefined, "2025-03-05"],
		["2025-03-05", undefined, "Europe/Zurich", "2025-03-05"],
		["2025-03-05T14:30:00Z", undefined, "Europe/Zurich", "2025-03-05T14:30:00Z"],
		["2025-03-05T14:30+0530", undefined, undefined, "2025-03-05T14:30:00+05:30"],
		["2025-03-05 14:30", undefined, "Asia/Tokyo", "2025-03-05T14:30:00+09:00"],
		["31.02.2025", "DD.MM.YYYY", undefined, "is no day and time of the calendar"],
		["2025-13-01", undefined, undefined, "is no day and time of the calendar"],
		["05.03.2025 25:00", "DD.MM.YYYY HH:mm", "UTC", "is no day and time of the calendar"],
		["13:00 PM 05.03.2025", "hh:mm A DD.MM.YYYY", "UTC", "is not written as hh:mm A DD.MM.YYYY"],
		["5.3.2025", "DD.MM.YYYY", undefined, "is not written as DD.MM.YYYY"],
		["yesterday", undefined, undefined, "is not written as 2025-01-31, with or without a time"],
	])("CON-2: %s by %s in %s is %s", (...[written, pattern, timeZone, expected]) => {
		expect(dated(written, pattern, timeZone)).toBe(expected);
	});

	test("CON-2: a time that the clocks skipped is refused; of one that came twice the first is meant", () => {
		const zurich = (written: string) => dated(written, "YYYY-MM-DD HH:mm", "Europe/Zurich");
		expect(zurich("2026-03-29 01:59")).toBe("2026-03-29T01:59:00+01:00");
		expect(zurich("2026-03-29 02:30")).toBe("never was in Europe/Zurich: the clocks were put forward over it");
		expect(zurich("2026-03-29 03:00")).toBe("2026-03-29T03:00:00+02:00");
		expect(zurich("2026-10-25 02:30")).toBe("2026-10-25T02:30:00+02:00");
		expect(zurich("2026-10-25 03:00")).toBe("2026-10-25T03:00:00+01:00");
		expect(dated("1850-01-01 12:00", "YYYY-MM-DD HH:mm", "Europe/Zurich")).toMatch(/Z$/);
	});

	test("CON-2: any instant, written in any zone, is read back unless its hour came twice", () => {
		const zones = fc.constantFrom("Europe/Zurich", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC");
		const minutes = fc.integer({ min: Date.UTC(1975, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
		fc.assert(
			fc.property(zones, minutes, (timeZone, minute) => {
				const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
				const value = dated(format.format(minute * 60_000), "YYYY-MM-DD HH:mm", timeZone);
				const earlier = minute * 60_000 - Date.parse(value);
				expect([0, 30 * 60_000, 60 * 60_000]).toContain(earlier);
			}),
		);
	});

	test.each<[string | undefined, string | undefined, string]>([
		["DD.MM", undefined, "no year"],
		["YYYY-MM", undefined, "no day"],
		["D DD MM YYYY", undefined, "day twice"],
		["YYYY-MM-DD hh:mm", undefined, "hh and A"],
		["YYYY-MM-DD mm", undefined, "without the hour"],
		["YYYY-MM-DD", "Mars/Olympus", "no time zone"],
		[undefined, "+02:00", "no time zone"],
	])("CON-2: the pattern %s in %s is refused when it is saved: %s", (pattern, timeZone, why) => {
		expect(checkTransform([stepOf(pattern, timeZone)])?.why).toContain(why);
	});
});
