import { describe, expect, test } from "bun:test";
import type { FieldType, FieldValue } from "../../../../backend/contract/fields.ts";
import { testTarget } from "../../test-target.ts";
import { asType } from "./as-type.ts";
import { changed, columnsOf, fieldNames, withText } from "./columns.ts";
import { cellOf, rowToSend } from "./row-fields.ts";
import { partColumns, partRow } from "./test-table.ts";

const text = (value: string): FieldValue => ({ type: "text", value });

describe("CAP-3: a column's type can be changed", () => {
	test.each<[string, FieldType, unknown]>([
		["1.234,50 €", "currency", { amount: 1_234.5, currency: "EUR" }],
		["12,345", "number", 12_345],
		["2026-03-05", "date", "2026-03-05"],
		["Yes", "boolean", true],
		["–", "boolean", false],
		["https://a.test/", "url", "https://a.test/"],
		["red; green", "list", ["red", "green"]],
	])("%s as %s", (from, type, value) => {
		expect(asType(text(from), type)).toEqual({ type, value } as FieldValue);
	});

	test.each<[string, FieldType]>([
		["soon", "number"],
		["a few", "currency"],
		["03/04/2026", "date"],
		["perhaps", "boolean"],
		["javascript:alert(1)", "url"],
	])("%s does not read as %s", (from, type) => {
		expect(asType(text(from), type)).toBeNull();
	});

	test("a number gives its digits as text, an amount its number, a list its items", () => {
		expect(asType({ type: "number", value: 5.5 }, "text")).toEqual(text("5.5"));
		expect(asType({ type: "currency", value: { amount: 5, currency: "EUR" } }, "number")).toEqual({
			type: "number",
			value: 5,
		});
		expect(asType({ type: "list", value: ["a", "b"] }, "text")).toEqual(text("a, b"));
	});

	test("what does not read stays as it was found, and says so", () => {
		const [, price] = columnsOf(partColumns, { target: null, rowAddress: null });
		if (!price) throw new Error("The table has a price.");
		const row = partRow(1, { cells: { "Unit price (€)": text("on request") } });
		expect(cellOf(row, { ...price, type: "currency" })).toEqual({ value: text("on request"), reads: false });
		expect(cellOf(partRow(1), { ...price, type: "currency" })?.reads).toBe(true);
	});
});

test("CAP-3: a row is sent with the fields of the target's mapping, typed, and with where each came from", () => {
	const target = testTarget();
	const typed = changed(columnsOf(partColumns, { target, rowAddress: "Address" }), "Unit price (€)", {
		type: "currency",
	});
	const columns = withText(typed, { name: "Supplier", text: "Timber Yard" });
	const source = { url: "https://parts.test/list", title: "Parts" };
	const plan = { columns, names: fieldNames(columns, target), targetId: target.id, source };
	expect(rowToSend(partRow(7), plan, "record-7")).toEqual({
		recordId: "record-7",
		capture: {
			kind: "row",
			targetId: target.id,
			source,
			fields: {
				title: text("Part 7"),
				price: { type: "currency", value: { amount: 7.5, currency: "EUR" } },
				url: { type: "url", value: "https://parts.test/7" },
				Supplier: text("Timber Yard"),
			},
			provenance: {
				title: { from: "table", path: "1", confidence: 0.9 },
				price: { from: "table", path: "2", confidence: 0.9 },
				url: { from: "table", path: "a[href]", confidence: 0.9 },
				Supplier: { from: "typed", confidence: 1 },
			},
			image: null,
			document: null,
		},
	});
});
