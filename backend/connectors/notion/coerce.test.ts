import { describe, expect, test } from "bun:test";
import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import { coerce } from "./coerce.ts";
import { tableField } from "./property-types.ts";

const column = (type: string, more: Partial<TableField> = {}): TableField => ({
	...tableField({ id: "id", name: "Column", type }),
	...more,
});
const text = (value: string): FieldValue => ({ type: "text", value });
const list = (...value: string[]): FieldValue => ({ type: "list", value });
const status = column("status", { options: ["Not started", "Done"] });

describe("CON-2: a value is taken exactly or not at all", () => {
	const taken: [column: TableField, value: FieldValue, cell: unknown][] = [
		[column("title"), text("two\nlines "), "two lines"],
		[column("rich_text"), list("a", "b"), "a\nb"],
		[column("url"), text(" https://a.test/ "), "https://a.test/"],
		[column("email"), text("mailto:a@b.test"), "a@b.test"],
		[column("phone_number"), text("tel:+49 30 12345"), "+49 30 12345"],
		[column("number"), { type: "currency", value: { amount: 9.5, currency: "EUR" } }, 9.5],
		[column("number", { type: "percent" }), text("45.5 %"), 0.455],
		[column("checkbox"), text("Yes"), true],
		[column("date"), { type: "date", value: "2026-01-02" }, "2026-01-02"],
		[column("date"), { type: "date", value: "2026-01-02T23:30:00-0500" }, "2026-01-03T04:30:00.000Z"],
		[column("select", { options: ["Red"] }), text("red"), "Red"],
		[column("multi_select"), list("a", "b", "a"), ["a", "b"]],
		[status, text("done"), "Done"],
		[column("files"), { type: "image", value: "https://a.test/a.png" }, ["https://a.test/a.png"]],
		[column("relation"), text("AAAAAAAA-0000-4000-8000-000000000001"), ["aaaaaaaa000040008000000000000001"]],
		[column("url"), text(" "), null],
		[column("multi_select"), list(" "), null],
	];
	test.each(taken)("%j takes %j", (into, value, cell) => {
		expect(coerce(value, into)).toEqual({ ok: true, cell });
	});

	const refused: [column: TableField, value: FieldValue][] = [
		[column("rich_text"), text("x".repeat(200_001))],
		[column("url"), text(`https://a.test/${"x".repeat(2_000)}`)],
		[column("url"), text("javascript:alert(1)")],
		[column("email"), text(`${"x".repeat(200)}@b.test`)],
		[column("number"), text("1,234")],
		[column("date"), { type: "date", value: "2026-02-30" }],
		[column("date"), { type: "date", value: "2026-01-02T10:00" }],
		[column("select"), text("Paris, Texas")],
		[column("select"), text("x".repeat(101))],
		[column("multi_select"), list("a", "b, c")],
		[column("multi_select"), list(...Array.from({ length: 101 }, (_, index) => `tag ${index}`))],
		[status, text("Somewhere between")],
		[column("relation"), text("A title")],
		[column("files"), text("not an address")],
		[column("formula"), text("x")],
	];
	test.each(refused)("%j refuses %j, and names the column", (into, value) => {
		const result = coerce(value, into);
		expect(result.ok ? result : result.message).toMatch(/^[A-Z“].*“?Column”.*\.$/s);
	});
});
