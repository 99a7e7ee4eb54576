import { describe, expect, test } from "bun:test";
import { parseDate } from "./date.ts";
import { parseMinutes } from "./duration.ts";
import { parseAmount, parseCount } from "./number.ts";
import { parsePrice } from "./price.ts";
import { cleanLine, cleanText, cut, plainText } from "./text.ts";
import { httpUrl, isWebAddress, nameFromUrl, sameSite } from "./url.ts";

describe("prices", () => {
	const cases: [text: string, language: string, amount: number, currency: string][] = [
		["1.234,56 €", "de", 1234.56, "EUR"],
		["€ 1.234", "nl", 1234, "EUR"],
		["$1,234.56", "en-US", 1234.56, "USD"],
		["$1,234.56", "en-CA", 1234.56, "CAD"],
		["₹1,23,456", "en-IN", 123456, "INR"],
		["₹1,23,456.50", "hi", 123456.5, "INR"],
		["1 234 kr", "sv", 1234, "SEK"],
		["1\u00a0234,50 kr", "nb-NO", 1234.5, "NOK"],
		["CHF 1'234.50", "de-CH", 1234.5, "CHF"],
		["£9.99", "en-GB", 9.99, "GBP"],
		["¥12,800", "ja", 12800, "JPY"],
		["￥99.00", "zh-CN", 99, "CNY"],
		["12\u202f345,00\u00a0₽", "ru", 12345, "RUB"],
		["R$ 1.299,90", "pt-BR", 1299.9, "BRL"],
		["KWD 1.234", "ar", 1.234, "KWD"],
		["٣٫٥٠ د.إ", "ar", 3.5, "AED"],
		["1.299 zł", "pl", 1299, "PLN"],
		["from 19 EUR", "en", 19, "EUR"],
	];
	for (const [text, language, amount, currency] of cases) {
		test(`CAP-1: ${JSON.stringify(text)} in ${language} is ${amount} ${currency}`, () => {
			expect(parsePrice(text, { language })).toEqual({ amount, currency });
		});
	}

	test("CAP-1: a currency said elsewhere is used, and without any there is no price", () => {
		expect(parsePrice("1299.00", { known: "USD", language: "en" })).toEqual({ amount: 1299, currency: "USD" });
		expect(parsePrice("1299.00", { language: "en" })).toBeNull();
		expect(parsePrice("1 234 kr", { language: "en" })).toBeNull();
		expect(parsePrice("Price on request €", { language: "en" })).toBeNull();
	});
});

test("CAP-1: numbers are read by where their separators stand", () => {
	expect(parseAmount("1,234,567")).toBe(1_234_567);
	expect(parseAmount("0.125")).toBe(0.125);
	expect(parseAmount("4,5")).toBe(4.5);
	expect(parseAmount("-12.5")).toBe(-12.5);
	expect(parseAmount("none")).toBeNull();
	expect(parseCount("12.3k")).toBe(12_300);
	expect(parseCount("1,204 stars")).toBe(1_204);
});

test("CAP-1: dates keep the zone the page gave and never invent one", () => {
	expect(parseDate("2026-03-05")).toBe("2026-03-05");
	expect(parseDate("2026-03-05T10:20:30+01:00")).toBe("2026-03-05T10:20:30+01:00");
	expect(parseDate("2026-03-05T10:20:30.123456Z")).toBe("2026-03-05T10:20:30.123Z");
	expect(parseDate("2026-03-05 10:20:30 +0530")).toBe("2026-03-05T10:20:30+05:30");
	expect(parseDate("2026-03-05T10:20")).toBe("2026-03-05");
	expect(parseDate("Thu, 05 Mar 2026 10:00:00 GMT")).toBe("2026-03-05T10:00:00Z");
	expect(parseDate("March 5th, 2026")).toBe("2026-03-05");
	expect(parseDate("2026/3/5")).toBe("2026-03-05");
	expect(parseDate("20260305")).toBe("2026-03-05");
	expect(parseDate("03/04/2026")).toBeNull();
	expect(parseDate("2026-02-31")).toBeNull();
	expect(parseDate("soon")).toBeNull();
});

test("CAP-1: durations are minutes", () => {
	expect(parseMinutes("PT1H30M")).toBe(90);
	expect(parseMinutes("PT45S")).toBe(0.75);
	expect(parseMinutes("P1DT1H")).toBe(1500);
	expect(parseMinutes("PT0M")).toBeNull();
	expect(parseMinutes("an hour")).toBeNull();
});

test("CAP-6: text loses NUL, lone surrogates and markup", () => {
	expect(cleanLine("a\u0000b\ud800c \n d")).toBe("abc d");
	expect(cleanText("one\r\n\r\n\r\n\r\ntwo   three")).toBe("one\n\ntwo three");
	expect(cut("ab😀", 3)).toBe("ab");
	expect(plainText("<p>Fish &amp;amp; chips<br>hot</p><script>x</script>")).toBe("Fish &amp; chips\nhot");
	expect(plainText("2 < 3 and a<b")).toBe("2 < 3 and a<b");
});

test("CAP-6: only absolute http and https addresses are addresses", () => {
	const base = "https://shop.example/a/b";
	expect(httpUrl("../c", base)).toBe("https://shop.example/c");
	expect(httpUrl("//cdn.example/x.png", base)).toBe("https://cdn.example/x.png");
	expect(httpUrl("https://me:secret@shop.example/", base)).toBe("https://shop.example/");
	for (const hostile of [
		"javascript:alert(1)",
		" JaVaScRiPt:alert(1)",
		"data:text/html,x",
		"file:///etc/passwd",
		"blob:x",
		"",
	]) {
		expect(httpUrl(hostile, base)).toBeNull();
	}
	expect(sameSite("https://m.shop.example/", "https://www.shop.example/")).toBe(true);
	expect(sameSite("https://shop.example/", "https://shop.test/")).toBe(false);
	expect(nameFromUrl("https://a.example/img/red%20chair.jpg?w=1")).toBe("red chair.jpg");
});

test("CAP-6: only http and https with a host, and of a length that can be sent, are web addresses", () => {
	for (const address of ["https://a.test", "http://localhost:8787/x"]) expect(isWebAddress(address)).toBe(true);
	const none = ["data:text/html,x", "a.test", "https:", "https:///x", "javascript:alert(1)//https://a.test"];
	for (const address of [...none, `https://a.test/${"x".repeat(9_000)}`]) expect(isWebAddress(address)).toBe(false);
});
