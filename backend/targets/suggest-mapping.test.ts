import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Table, TableField } from "../contract/connections.ts";
import { normaliseTarget } from "./normalise-target.ts";
import { suggestMapping } from "./suggest-mapping.ts";

const column = (id: string, name: string, more: Partial<TableField> = {}): TableField => ({
	id,
	name,
	type: "text",
	providerType: "singleLineText",
	writable: true,
	matchable: true,
	...more,
});

const table: Table = {
	id: "tbl1",
	name: "Reading",
	container: { id: "app1", name: "Base" },
	fields: [
		column("fldName", "Name"),
		column("fldLink", "Link", { type: "url" }),
		column("fldTags", "Tags", { type: "multi_select", matchable: false }),
		column("fldMade", "Created", { writable: false }),
		column("fldPrice", "Price", { type: "currency" }),
	],
};

describe("suggestMapping", () => {
	test("CON-2: names, other names for them and types find each other; computed columns are left out", () => {
		const fields = [
			{ name: "title", type: "text" as const },
			{ name: "url", type: "url" as const },
			{ name: "tags", type: "list" as const },
			{ name: "price", type: "currency" as const },
			{ name: "published", type: "date" as const },
			{ name: "created", type: "text" as const },
		];
		expect(suggestMapping(fields, table.fields)).toEqual({
			mapping: [
				{ from: "title", to: "fldName" },
				{ from: "url", to: "fldLink", transform: [{ kind: "url" }] },
				{ from: "tags", to: "fldTags" },
				{ from: "price", to: "fldPrice" },
			],
			matchKey: ["fldLink"],
		});
	});

	test("CON-2: a suggestion is a target that can be made, whatever the table", () => {
		const names = fc.constantFrom("Name", "Link", "Date", "Notes", "Tags", "Price", "URL", "Author", "xyz");
		const types = fc.constantFrom<TableField["type"]>("text", "url", "date", "number", "multi_select", "currency");
		const columns = fc.uniqueArray(
			fc.record({ name: names, type: types, writable: fc.boolean(), matchable: fc.boolean() }),
			{ selector: ({ name }) => name, minLength: 1 },
		);
		fc.assert(
			fc.property(columns, (made) => {
				const fields = made.map((each, n) => ({ ...column(`fld${n}`, each.name), ...each }));
				const suggestion = suggestMapping(
					[
						{ name: "title", type: "text" },
						{ name: "url", type: "url" },
						{ name: "published", type: "date" },
						{ name: "price", type: "currency" },
						{ name: "tags", type: "list" },
					],
					fields,
				);
				expect(new Set(suggestion.mapping.map(({ to }) => to)).size).toBe(suggestion.mapping.length);
				if (suggestion.matchKey.length === 0) return;
				const normal = normaliseTarget(suggestion, { ...table, fields });
				expect(normal.matchKey).toEqual(suggestion.matchKey);
			}),
		);
	});

	test("CON-2: a text counts as what it reads as, and comes with the step that reads it", () => {
		const columns = [
			column("fldPrice", "Price", { type: "currency" }),
			column("fldDay", "Published", { type: "date", matchable: false }),
			column("fldPage", "Page", { type: "url" }),
			column("fldKind", "Category", { type: "select", options: ["Books", "Music"] }),
		];
		const fields = ["price", "published", "page", "category"].map((name) => ({ name, type: "text" as const }));
		const text = (value: string) => ({ type: "text" as const, value });
		const suggested = (samples: Record<string, string>) =>
			suggestMapping(
				fields,
				columns,
				Object.fromEntries(Object.entries(samples).map(([name, value]) => [name, text(value)])),
			).mapping;
		expect(suggested({})).toEqual([{ from: "category", to: "fldKind" }]);
		expect(
			suggested({ price: "1.234,50 €", published: "31.12.2025", page: "https://a.test/", category: "books" }),
		).toEqual([
			{ from: "price", to: "fldPrice", transform: [{ kind: "number", decimal: "auto" }] },
			{ from: "published", to: "fldDay", transform: [{ kind: "date", pattern: "DD.MM.YYYY" }] },
			{ from: "page", to: "fldPage" },
			{ from: "category", to: "fldKind" },
		]);
		expect(suggested({ published: "2025-12-31" })).toContainEqual({ from: "published", to: "fldDay" });
		expect(suggested({ published: "March 5, 2025" })).toContainEqual(
			expect.objectContaining({ transform: [{ kind: "date", pattern: "MMMM D, YYYY" }] }),
		);
		expect(suggested({ published: "13/2/2025" })).toContainEqual(
			expect.objectContaining({ transform: [{ kind: "date", pattern: "D/M/YYYY" }] }),
		);
		for (const unclear of ["3/4/2025", "5/5/2025", "yesterday"])
			expect(suggested({ published: unclear })).toHaveLength(1);
		for (const unclear of ["1.234", "from 12 €"]) expect(suggested({ price: unclear })).toHaveLength(1);
	});
});
