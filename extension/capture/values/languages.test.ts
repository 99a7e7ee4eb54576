import { expect, test } from "bun:test";
import { parseDate } from "./date.ts";
import { parseMinutes } from "./duration.ts";
import { parseCount } from "./number.ts";
import { parsePrice } from "./price.ts";
import { parseRating } from "./rating.ts";
import { parseSalary } from "./salary.ts";
import { withoutSiteName } from "./title.ts";

const days: [text: string, language: string][] = [
	["5 March 2026", ""],
	["Mar 5th, 2026", "en"],
	["5. März 2026", "de"],
	["5 mars 2026", "fr"],
	["5 de marzo de 2026", "es"],
	["5 de março de 2026", "pt-BR"],
	["5 марта 2026 г.", "ru"],
	["5 березня 2026", "uk"],
	["5 marca 2026", "pl"],
	["5. března 2026", "cs"],
	["2026. március 5.", "hu"],
	["2026 m. kovo 5 d.", "lt"],
	["5. maaliskuuta 2026", "fi"],
	["5 μαρτίου 2026", "el"],
	["5 Mart 2026", "tr"],
	["5 במרץ 2026", "he"],
	["٥ مارس ٢٠٢٦", "ar"],
	["5 آذار 2026", "ar"],
	["۱۴ اسفند ۱۴۰۴", "fa"],
	["५ मार्च २०२६", "hi"],
	["5 มีนาคม 2569", "th"],
	["Ngày 5 tháng 3 năm 2026", "vi"],
	["2026年3月5日", "ja"],
	["令和8年3月5日", "ja"],
	["2026년 3월 5일", "ko"],
	["05.03.26", "de"],
	["03/05/2026", "en-US"],
	["05/03/2026", "en-GB"],
	["05/03/2026", "es"],
];
for (const [text, language] of days) {
	test(`CAP-1: ${text} (${language || "no language"}) is the fifth of March`, () => {
		expect(parseDate(text, { language })).toBe("2026-03-05");
	});
}

test("CAP-1: a time keeps the zone that stands beside it; what cannot be told is no date", () => {
	const german = { language: "de" };
	expect(parseDate("March 5, 2026 at 2:30 p.m. EST", { language: "en" })).toBe("2026-03-05T14:30:00-05:00");
	expect(parseDate("5. März 2026, 14:30 Uhr MEZ", german)).toBe("2026-03-05T14:30:00+01:00");
	expect(parseDate("5. März 2026, 14:30 Uhr", german)).toBe("2026-03-05");
	expect(parseDate("1772697600")).toBe("2026-03-05T08:00:00Z");
	for (const text of ["03/04/2026", "5 March", "yesterday"]) expect(parseDate(text, { language: "en" })).toBeNull();
});

test("CAP-1: durations in words, as a clock, and in weeks", () => {
	const cases: [string, string, number][] = [
		["1 h 30 min", "fr", 90],
		["1 Std. 15 Min.", "de", 75],
		["2時間30分", "ja", 150],
		["30 минут", "ru", 30],
		["٣٠ دقيقة", "ar", 30],
		["1 saat 20 dakika", "tr", 80],
		["1½ hours", "en", 90],
		["1:02:03", "", 62.05],
		["P1W", "", 10_080],
	];
	for (const [text, language, minutes] of cases) expect([text, parseMinutes(text, language)]).toEqual([text, minutes]);
});

test("CAP-1: ratings are kept in the scale of five", () => {
	const cases: [string, number][] = [
		["4.6 out of 5", 4.6],
		["4,5 von 5 Sternen", 4.5],
		["9.2/10", 4.6],
		["85 %", 4.25],
		["★★★★☆", 4],
		["5つ星のうち4.6", 4.6],
		["٤٫٧ من ٥", 4.7],
	];
	for (const [text, rating] of cases) expect([text, parseRating(text)]).toEqual([text, rating]);
});

test("CAP-1: the amount beside the sign is the price, in any digits", () => {
	const cases: [string, string, number, string][] = [
		["2 × 49,90 €", "de", 49.9, "EUR"],
		["-20% $80", "en", 80, "USD"],
		["１２，８００円", "ja", 12_800, "JPY"],
		["12万円", "ja", 120_000, "JPY"],
		["ab 1.299,– €", "de", 1_299, "EUR"],
		["1 299:-", "sv", 1_299, "SEK"],
		["Rp 1.250.000", "id", 1_250_000, "IDR"],
		["R1 299,00", "en-ZA", 1_299, "ZAR"],
		["元5999", "zh-CN", 5_999, "CNY"],
	];
	for (const [text, language, amount, currency] of cases) {
		expect([text, parsePrice(text, { language })]).toEqual([text, { amount, currency }]);
	}
	expect(parsePrice("12 kr", { language: "en", region: "NO" })).toEqual({ amount: 12, currency: "NOK" });
	expect([parseCount("3 Mio. Aufrufe"), parseCount("1.2万"), parseCount("12 тыс.")]).toEqual([3e6, 12_000, 12_000]);
});

test("CAP-1: a pay written as one text is two amounts and a period", () => {
	const pay = (text: string, language: string) => {
		const salary = parseSalary(text, { language });
		return salary && [salary.min.amount, salary.max.amount, salary.min.currency, salary.period];
	};
	expect(pay("£70K/yr", "en-GB")).toEqual([70_000, 70_000, "GBP", "Year"]);
	expect(pay("$117,000/yr - $199,000/yr", "en-US")).toEqual([117_000, 199_000, "USD", "Year"]);
	expect(pay("2 100 - 2 600 € / mois", "fr")).toEqual([2_100, 2_600, "EUR", "Month"]);
	expect(pay("月給25万円～38万円", "ja")).toEqual([250_000, 380_000, "JPY", "Month"]);
	expect(pay("competitive", "en")).toBeNull();
});

test("CAP-1: a title loses the site's name only where something else says the same without it", () => {
	const sites: string[] = [];
	expect(withoutSiteName("Kettle | Stove", { known: ["Kettle"], sites })).toBe("Kettle");
	expect(withoutSiteName("Stove – Kettle", { known: ["Kettle"], sites })).toBe("Kettle");
	expect(withoutSiteName("Salt – a history", { known: ["Contents"], sites })).toBe("Salt – a history");
	expect(withoutSiteName("Kettle: 48 results | Stove", { known: [""], sites })).toBe("Kettle: 48 results | Stove");
});
