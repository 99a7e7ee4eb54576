import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Table, TableField } from "../contract/connections.ts";
import { laneText, parseLane } from "./lane.ts";
import { matchKeyOf } from "./match-key.ts";
import { findTable, normaliseTarget } from "./normalise-target.ts";
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

const code = (work: () => unknown): unknown => {
	try {
		work();
	} catch (error) {
		return (error as { code?: unknown }).code;
	}
	return "nothing thrown";
};

describe("normaliseTarget", () => {
	test("CON-2: columns by id, by name and by captured field name become ids", () => {
		const mapping = [
			{ from: "title", to: "Name" },
			{ from: "url", to: "fldLink" },
		];
		for (const matchKey of [["fldLink"], ["Link"], ["link "], ["url"], ["url", "Link"]]) {
			expect(normaliseTarget({ mapping, matchKey }, table)).toEqual({
				mapping: [
					{ from: "title", to: "fldName" },
					{ from: "url", to: "fldLink" },
				],
				matchKey: ["fldLink"],
				columns: table.fields.slice(0, 2),
			});
		}
	});

	test.each([
		["an unknown column", { mapping: [{ from: "x", to: "Nope" }], matchKey: ["Nope"] }, "targets/mapping-invalid"],
		[
			"a read-only column",
			{ mapping: [{ from: "x", to: "Created" }], matchKey: ["Created"] },
			"targets/mapping-invalid",
		],
		[
			"a key that is not mapped",
			{ mapping: [{ from: "x", to: "Name" }], matchKey: ["Link"] },
			"targets/match-key-invalid",
		],
		[
			"a key that is not there",
			{ mapping: [{ from: "x", to: "Name" }], matchKey: ["Nope"] },
			"targets/match-key-invalid",
		],
		[
			"a key that cannot tell rows apart",
			{ mapping: [{ from: "x", to: "Tags" }], matchKey: ["Tags"] },
			"targets/match-key-invalid",
		],
		["no key", { mapping: [{ from: "x", to: "Name" }], matchKey: [] }, "targets/match-key-invalid"],
	])("CON-2: %s is refused with a sentence", (_, settings, expected) => {
		expect(code(() => normaliseTarget(settings, table))).toBe(expected);
	});

	test("CON-2: a table is found by its id; one of two containers has to be named", () => {
		const twin = { ...table, container: { id: "app2", name: "Other" } };
		expect(findTable([table], { tableId: "tbl1" })).toBe(table);
		expect(findTable([table, twin], { tableId: "tbl1", containerId: "app2" })).toBe(twin);
		expect(code(() => findTable([table, twin], { tableId: "tbl1" }))).toBe("targets/table-unknown");
		expect(code(() => findTable([table], { tableId: "tbl9" }))).toBe("targets/table-unknown");
	});
});

describe("matchKeyOf", () => {
	const rule = {
		mapping: [
			{ from: "url", to: "fldLink" },
			{ from: "title", to: "fldName" },
			{ from: "name", to: "fldName" },
			{ from: "price", to: "fldPrice" },
			{ from: "day", to: "fldDay" },
		],
		matchKey: ["fldName", "fldLink"],
		columns: [...table.fields, { id: "fldDay", type: "date" as const }],
	};
	const text = (value: string) => ({ type: "text" as const, value });

	test("OUT-5: two lists of values never give one key", () => {
		fc.assert(
			fc.property(fc.tuple(fc.string(), fc.string()), fc.tuple(fc.string(), fc.string()), (a, b) => {
				const [left, right] = [a, b].map(([title, url]) => matchKeyOf({ title: text(title), url: text(url) }, rule));
				const same = a.every((value, n) => value.trim() === b[n]?.trim());
				if (left !== null && right !== null) expect(left === right).toBe(same);
			}),
		);
	});

	test("OUT-5: what a column stores alike is one key", () => {
		const key = (fields: Parameters<typeof matchKeyOf>[0], columnId: string) =>
			matchKeyOf(fields, { ...rule, matchKey: [columnId] });
		expect(key({ price: { type: "number", value: 12 } }, "fldPrice")).toBe(key({ price: text(" 12.0 ") }, "fldPrice"));
		expect(key({ price: { type: "currency", value: { amount: 12, currency: "EUR" } } }, "fldPrice")).toBe(
			key({ price: text("12") }, "fldPrice"),
		);
		expect(key({ day: { type: "date", value: "2026-01-02" } }, "fldDay")).toBe(
			key({ day: { type: "date", value: "2026-01-02T10:00:00Z" } }, "fldDay"),
		);
	});

	test("OUT-5: the first mapped field that has something fills the column; a missing value is no key", () => {
		expect(matchKeyOf({ title: text(" "), name: text("N"), url: text("u") }, rule)).toBe('["N","u"]');
		expect(matchKeyOf({ title: text("T"), url: text(" ") }, rule)).toBeNull();
		expect(matchKeyOf({ title: text("T") }, rule)).toBeNull();
	});

	test("OUT-5: a long key is shortened to what an index holds, and stays apart from others", () => {
		const long = (end: string) => matchKeyOf({ title: text("T"), url: text("u".repeat(8_000) + end) }, rule) ?? "";
		expect(long("a").length).toBeLessThan(100);
		expect(long("a")).not.toBe(long("b"));
	});
});

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
				{ from: "url", to: "fldLink" },
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
});

test("SYNC-1: a lane's text is read back as it was, slashes in the container's id included", () => {
	const lane = { connectionId: "01912345-0000-7000-8000-000000000000", containerId: "a/b/c" };
	expect(parseLane(laneText(lane))).toEqual(lane);
	expect([parseLane(""), parseLane("x"), parseLane("/x"), parseLane("x/")]).toEqual([null, null, null, null]);
});
