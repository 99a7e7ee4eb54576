import { describe, expect, test } from "bun:test";
import type { Table, TableField } from "../../../../backend/contract/connections.ts";
import { firstTable, groupTables, tableKey } from "./choose-table.ts";

const field = (type: TableField["type"], over: Partial<TableField> = {}): TableField => ({
	id: type,
	name: type,
	type,
	providerType: type,
	writable: true,
	matchable: true,
	...over,
});
const table = (id: string, container: string, fields: TableField[]): Table => ({
	id,
	name: `Table ${id}`,
	container: { id: container, name: `Base ${container}` },
	fields,
});
const tables = [
	table("1", "A", [field("text", { writable: false })]),
	table("2", "A", [field("text")]),
	table("3", "B", [field("text"), field("url")]),
	table("1", "B", [field("url")]),
];

describe("J3: choosing a table", () => {
	test("J3: tables stand under their base; search looks at both names in any case", () => {
		expect(groupTables(tables, "").map((group) => group.tables.length)).toEqual([2, 2]);
		expect(groupTables(tables, "base b").map((group) => group.containerId)).toEqual(["B"]);
		expect(groupTables(tables, " TABLE 3 ")[0]?.tables.map(({ id }) => id)).toEqual(["3"]);
		expect(groupTables(tables, "none of them")).toEqual([]);
	});

	test("J3: the first suggestion is a table where rows can be matched by address", () => {
		expect(firstTable(tables)).toBe(tables[2] ?? null);
		expect(firstTable(tables.slice(0, 2))).toBe(tables[1] ?? null);
		expect(firstTable([])).toBeNull();
	});

	test("J3: the same table id in two bases is two tables", () => {
		expect(new Set(tables.map(tableKey)).size).toBe(tables.length);
	});
});
