import { expect, test } from "bun:test";
import { csvLine, fieldCell, textCell } from "./csv.ts";

test("SEC-4: cells with commas, quotes and line ends are quoted as RFC 4180 says", () => {
	expect(csvLine(["a", 'say "b"', "c,d", "e\nf", ""])).toBe('a,"say ""b""","c,d","e\nf",\r\n');
});

test("CAP-6: a text that a spreadsheet would run begins with an apostrophe; a number does not", () => {
	for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"])
		expect(textCell(text)).toBe(`'${text}`);
	expect(textCell("plain = text")).toBe("plain = text");
	expect(fieldCell({ type: "text", value: "=HYPERLINK()" })).toBe("'=HYPERLINK()");
	expect(fieldCell({ type: "number", value: -5 })).toBe("-5");
});

test("SEC-4: every type of field is one cell", () => {
	expect(fieldCell(undefined)).toBe("");
	expect(fieldCell({ type: "boolean", value: false })).toBe("false");
	expect(fieldCell({ type: "currency", value: { amount: 12.5, currency: "EUR" } })).toBe("12.5 EUR");
	expect(fieldCell({ type: "list", value: ["a", "b"] })).toBe("a; b");
});
