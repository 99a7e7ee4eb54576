import { describe, expect, test } from "bun:test";
import { testTarget } from "../../test-target.ts";
import { aimed, changed, columnsOf, fieldNames, joined, withText } from "./columns.ts";
import { partColumns } from "./test-table.ts";

/** Name ← title, Link ← url, Cost ← price; matched by the link. */
const target = testTarget();
const parts = (of: typeof target | null = target) =>
	columnsOf(partColumns, { target: of, rowAddress: "Row's address" });
const aims = (columns: ReturnType<typeof parts>) => columns.map(({ id, to }) => [id, to]);

describe("CAP-3: a table's columns are led to the target's", () => {
	test("by the field that the mapping reads, by name and by part of a name; the rows' address fills the link", () => {
		expect(aims(parts())).toEqual([
			["title", "colName"],
			["Unit price (€)", "colPrice"],
			["Stock", null],
			["row address", "colUrl"],
		]);
	});

	test("and are saved as the fields that the mapping reads; the others keep their own names", () => {
		expect([...fieldNames(parts(), target)]).toEqual([
			["title", "title"],
			["Unit price (€)", "price"],
			["row address", "url"],
			["Stock", "Stock"],
		]);
		expect([...fieldNames(parts(null), null).values()]).toEqual(["title", "Unit price (€)", "Stock", "url"]);
	});

	test("a person's choice stays, takes the column from another, and is dropped with its target", () => {
		const chosen = changed(parts(), "Stock", { to: "colPrice" });
		expect(aims(chosen)).toContainEqual(["Stock", "colPrice"]);
		expect(aims(chosen)).toContainEqual(["Unit price (€)", null]);
		expect(aims(aimed(chosen, target))).toEqual(aims(chosen));
		const other = testTarget({
			id: "target-2",
			mapping: [{ from: "title", to: "other" }],
			columns: [{ id: "other", name: "Other", type: "text" }],
		});
		expect(aims(aimed(chosen, other)).filter(([, to]) => to !== null)).toEqual([["title", "other"]]);
	});

	test("where a table has an address of its own, the rows' is left out from the start", () => {
		const found = [...partColumns, { id: "url", name: "Page", type: "url" as const, filled: 1, path: "4" }];
		const columns = columnsOf(found, { target, rowAddress: "Row's address" });
		expect(columns.at(-1)).toMatchObject({ id: "row address", shown: false, to: null });
		expect(aims(columns)).toContainEqual(["url", "colUrl"]);
	});

	test("columns that only a later page has come at the end; what was changed stays", () => {
		const renamed = changed(parts(), "Stock", { name: "In stock", type: "text" });
		const grown = joined(
			renamed,
			[...partColumns, { id: "Weight", name: "Weight", type: "text" as const, filled: 0.1, path: "5" }],
			target,
		);
		expect(grown.map(({ id, name }) => [id, name]).slice(2)).toEqual([
			["Stock", "In stock"],
			["row address", "Row's address"],
			["Weight", "Weight"],
		]);
	});

	test("no two fields have one name, and a column that is left out has none", () => {
		const twice = withText(withText(parts(null), { name: "Stock", text: "a" }), { name: "Stock", text: "b" });
		expect([...fieldNames(twice, null).values()]).toEqual([
			"title",
			"Unit price (€)",
			"Stock",
			"url",
			"Stock 2",
			"Stock 3",
		]);
		expect([...fieldNames(changed(parts(), "title", { shown: false }), target).values()]).not.toContain("title");
	});
});
