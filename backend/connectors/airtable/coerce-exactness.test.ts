import { describe, expect, test } from "bun:test";
import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import { coerce } from "./coerce.ts";

type ColumnType = TableField["type"];

function column(type: ColumnType, more: Partial<TableField> = {}): TableField {
	const options = type === "select" || type === "multi_select" ? { options: ["paper", "Red"] } : {};
	return {
		id: "fld1",
		name: "Column",
		type,
		providerType: type,
		writable: true,
		matchable: false,
		...options,
		...more,
	};
}

const url = "https://a.test/x?y=1";
const image = "https://a.test/pic.png";
const writable = [
	"text",
	"long_text",
	"rich_text",
	"url",
	"email",
	"phone",
	"number",
	"currency",
	"percent",
	"rating",
	"duration",
	"boolean",
	"date",
	"datetime",
	"select",
	"multi_select",
	"attachment",
	"link",
] satisfies ColumnType[];

const text = (value: string): FieldValue => ({ type: "text", value });
const date = (value: string): FieldValue => ({ type: "date", value });
const number = (value: number): FieldValue => ({ type: "number", value });

describe("CON-2: the exact value or none", () => {
	const kept: [type: ColumnType, value: FieldValue, cell: unknown][] = [
		["number", text("-0.10"), -0.1],
		["number", text("+7"), 7],
		["number", text("007"), 7],
		["number", text("0.0000001"), 1e-7],
		["number", text("9007199254740991"), 9_007_199_254_740_991],
		["number", text("-0"), 0],
		["number", { type: "list", value: ["42"] }, 42],
		["percent", text("45.5%"), 0.455],
		["percent", text("7 %"), 0.07],
		["percent", text("-100%"), -1],
		["percent", text("0.29%"), 0.0029],
		["percent", number(0.5), 0.5],
		["rating", number(4.6), 5],
		["rating", number(4.4), 4],
		["rating", number(0), null],
		["rating", text("5"), 5],
		["duration", text("PT1H30M"), 5_400],
		["duration", text("P1DT2S"), 86_402],
		["duration", text("01:02:03"), 3_723],
		["duration", number(90), 90],
		["boolean", text("yes"), true],
		["boolean", text("False"), false],
		["boolean", number(1), true],
		["boolean", { type: "boolean", value: false }, false],
		["email", text("mailto:ada@example.com"), "ada@example.com"],
		["phone", text("tel:+49 (0)30 1234-5"), "+49 (0)30 1234-5"],
		["phone", number(4930), "4930"],
		["url", text(" https://a.test/ü "), "https://a.test/ü"],
		["attachment", { type: "list", value: [image, url, image] }, [{ url: image }, { url }]],
		["link", text("recAAAAAAAAAAAAAA"), ["recAAAAAAAAAAAAAA"]],
		["link", text(" Paris,\n Texas "), ["Paris, Texas"]],
		["select", text("red"), "Red"],
		["select", text("Paris, Texas"), "Paris, Texas"],
		["select", { type: "list", value: ["only"] }, "only"],
		["multi_select", { type: "list", value: ["PAPER", "Red", "paper"] }, ["paper", "Red"]],
	];
	test.each(kept)("%s takes %j", (type, value, cell) => {
		expect(coerce(value, column(type))).toEqual({ ok: true, cell });
	});

	const refused: [type: ColumnType, value: FieldValue][] = [
		["number", text("1,234")],
		["number", text("1e3")],
		["number", text("about 12")],
		["number", text("12 €")],
		["number", text("9007199254740993")],
		["number", text("0.1234567890123456789")],
		["number", { type: "list", value: ["1", "2"] }],
		["number", number(Number.POSITIVE_INFINITY)],
		["percent", text("many %")],
		["rating", number(6)],
		["rating", number(-1)],
		["duration", text("1:30")],
		["duration", text("PT")],
		["duration", text("P")],
		["duration", number(-1)],
		["boolean", text("perhaps")],
		["boolean", number(2)],
		["email", text("ada at example")],
		["phone", text("call me")],
		["url", text("example.com")],
		["url", text("javascript:alert(1)")],
		["url", text("https://two words")],
		["attachment", { type: "image", value: "data:image/png;base64,AA==" }],
		["attachment", { type: "list", value: [image, "no address"] }],
		["link", { type: "boolean", value: true }],
	];
	test.each(refused)("%s refuses %j and says why", (type, value) => {
		expect(coerce(value, column(type))).toMatchObject({
			ok: false,
			message: expect.stringMatching(/^“Column” takes .+; this record has “.*”\.$/),
		});
	});

	test("a rating knows its column's maximum", () => {
		expect(coerce(number(8), column("rating", { max: 10 }))).toEqual({ ok: true, cell: 8 });
		expect(coerce(number(8), column("rating", { max: 3 }))).toMatchObject({
			ok: false,
			message: "“Column” takes a rating from 1 to 3; this record has “8”.",
		});
	});

	test("a barcode column takes its text in the form Airtable wants", () => {
		expect(coerce(text("4006381333931"), column("text", { providerType: "barcode" }))).toEqual({
			ok: true,
			cell: { text: "4006381333931" },
		});
	});
});

describe("CON-2: dates across zones", () => {
	const days: [value: string, day: string | null, instant: string | null][] = [
		["2026-01-02", "2026-01-02", "2026-01-02T00:00:00.000Z"],
		["2026-01-02T03:04:05Z", "2026-01-02", "2026-01-02T03:04:05.000Z"],
		["2026-01-02T23:30:00-05:00", "2026-01-02", "2026-01-03T04:30:00.000Z"],
		["2026-01-02T00:30:00+14:00", "2026-01-02", "2026-01-01T10:30:00.000Z"],
		["2026-01-02t03:04z", "2026-01-02", "2026-01-02T03:04:00.000Z"],
		["2026-01-02 03:04:05.123456789+0530", "2026-01-02", "2026-01-01T21:34:05.123Z"],
		["2024-02-29", "2024-02-29", "2024-02-29T00:00:00.000Z"],
		["2026-01-02T10:00:00", "2026-01-02", null],
		["2026-02-30", null, null],
		["2026-13-01", null, null],
		["2026-01-02T25:00:00Z", null, null],
		["02.01.2026", null, null],
		["soon", null, null],
	];
	test.each(days)("%s", (value, day, instant) => {
		const asDay = coerce(date(value), column("date"));
		expect(asDay.ok ? asDay.cell : null).toBe(day);
		const asInstant = coerce(date(value), column("datetime"));
		expect(asInstant.ok ? asInstant.cell : null).toBe(instant);
	});
});

describe("CON-2: empty, long and foreign text", () => {
	test.each(writable)("an empty value empties a %s", (type) => {
		for (const value of [text(""), text("  \n"), { type: "list", value: ["", " "] } satisfies FieldValue]) {
			expect(coerce(value, column(type))).toEqual({ ok: true, cell: null });
		}
	});

	test("nothing is written into a column that takes nothing", () => {
		expect(coerce(text(""), column("unsupported")).ok).toBe(false);
		expect(coerce(text("x"), column("text", { writable: false }))).toMatchObject({
			ok: false,
			message: "Sheaf cannot fill “Column”. Take it out of the mapping.",
		});
	});

	test("100,000 characters fit, one more is refused with both numbers", () => {
		const longest = "é".repeat(100_000);
		for (const type of ["text", "long_text", "rich_text"] as const) {
			expect(coerce(text(longest), column(type))).toEqual({ ok: true, cell: longest });
			expect(coerce(text(`${longest}é`), column(type))).toMatchObject({
				ok: false,
				message: "“Column” takes up to 100,000 characters; this record has 100,001.",
			});
		}
	});

	test("emoji, right-to-left and combining text are left as they are", () => {
		const foreign = "👩‍👩‍👧‍👦 שלום \u202eabc\u202c e\u0301 日本語";
		expect(coerce(text(foreign), column("long_text"))).toEqual({ ok: true, cell: foreign });
		expect(coerce(text(foreign), column("text"))).toEqual({ ok: true, cell: foreign });
	});

	test("what is shown in a message is short", () => {
		const result = coerce(text("x".repeat(5_000)), column("number"));
		expect(result.ok ? "" : result.message.length).toBeLessThan(120);
	});
});
