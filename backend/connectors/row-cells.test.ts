import { describe, expect, test } from "bun:test";
import type { TableField } from "../contract/connections.ts";
import type { FieldValue } from "../contract/fields.ts";
import { coerceForRow } from "./row-cells.ts";

const column = (type: TableField["type"], more: Partial<TableField> = {}): TableField => ({
	id: "1",
	name: "Column",
	type,
	providerType: type,
	writable: true,
	matchable: true,
	...more,
});
const text = (value: string): FieldValue => ({ type: "text", value });
const list = (...value: string[]): FieldValue => ({ type: "list", value });
const number = (value: number): FieldValue => ({ type: "number", value });

const taken: [name: string, value: FieldValue, column: TableField, cell: unknown][] = [
	["lines become one line", text(" a \n b "), column("text"), "a b"],
	["long text keeps its lines", text("a\n b"), column("long_text"), "a\n b"],
	["empty empties", text("  "), column("number"), null],
	["an amount", { type: "currency", value: { amount: 9.5, currency: "EUR" } }, column("currency"), 9.5],
	["a number that is written", text("-12.50"), column("number"), -12.5],
	["a fraction is a percentage", number(0.07), column("percent"), 7],
	["a percentage that is written", text("12.5 %"), column("percent"), 12.5],
	["stars are whole", number(4.6), column("rating"), 5],
	["a duration", text("PT1H30M"), column("duration"), 5_400],
	["a clock", text("1:30:05"), column("duration"), 5_405],
	["yes", text("Yes"), column("boolean"), true],
	["the day as it was written", text("2026-01-02T23:30:00-05:00"), column("date"), "2026-01-02"],
	["the instant in UTC", text("2026-01-02T23:30:00-0500"), column("datetime"), "2026-01-03T04:30:00.000Z"],
	["the column's spelling of a choice", text("red"), column("select", { options: ["Red"] }), "Red"],
	["each choice once", list("a", "a", "b"), column("multi_select"), ["a", "b"]],
	["files", text("https://example.org/a.png"), column("attachment"), [{ url: "https://example.org/a.png" }]],
	["rows elsewhere", list("3", "4"), column("link"), [3, 4]],
	["a mail address", text("mailto:a@b.example"), column("email"), "a@b.example"],
];

const refused: [name: string, value: FieldValue, column: TableField][] = [
	["thousands marks", text("1,234"), column("number")],
	["more digits than a number holds", text("12345678901234567"), column("number")],
	["six stars of five", number(6), column("rating")],
	["a day that is none", text("2026-02-30"), column("date")],
	["a time without a zone", text("2026-01-02T10:00"), column("datetime")],
	["two choices for one", list("a", "b"), column("select")],
	["an address that is none", text("nowhere"), column("url")],
	["names of rows", list("An apple"), column("link")],
	["minutes or hours", text("1:30"), column("duration")],
	["a closed column", text("a"), column("text", { writable: false })],
];

describe("CON-2: a value fits its column exactly or not at all", () => {
	test.each(taken)("%s", (...[, value, into, cell]) => {
		expect(coerceForRow(value, into)).toEqual({ ok: true, cell });
	});

	test.each(refused)("refused: %s", (_name, value, into) => {
		const result = coerceForRow(value, into);
		expect(result.ok ? "taken" : result.message).toMatch(/^(“Column” takes|Sheaf cannot fill “Column”).*\.$/s);
	});
});
