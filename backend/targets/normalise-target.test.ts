import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Table, TableField } from "../contract/connections.ts";
import { valueFor } from "./column-value.ts";
import { laneText, parseLane } from "./lane.ts";
import { matchKeyOf } from "./match-key.ts";
import { findTable, normaliseTarget } from "./normalise-target.ts";

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
				constants: [],
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

	test("CON-2: steps are kept with their column and refused when they could never work; constants are led to columns by id", () => {
		const trim = [{ kind: "trim" as const }];
		const mapping = [
			{ from: "title", to: "Name", transform: trim },
			{ from: "title", to: "fldName", transform: trim },
			{ from: "url", to: "Link", transform: "none" as const },
		];
		const constants = [{ to: "price", value: { type: "number" as const, value: 1 } }];
		expect(normaliseTarget({ mapping, matchKey: ["Link"], constants }, table)).toEqual({
			mapping: [
				{ from: "title", to: "fldName", transform: trim },
				{ from: "url", to: "fldLink" },
			],
			constants: [{ to: "fldPrice", value: { type: "number", value: 1 } }],
			matchKey: ["fldLink"],
			columns: [table.fields[0], table.fields[1], table.fields[4]].filter((field) => field !== undefined),
		});
		const broken = [{ from: "url", to: "Link", transform: [{ kind: "regex" as const, pattern: "(", replace: "" }] }];
		expect(code(() => normaliseTarget({ mapping: broken, matchKey: ["Link"] }, table))).toBe(
			"targets/transform-invalid",
		);
		const doubled = [...constants, ...constants];
		expect(code(() => normaliseTarget({ mapping, matchKey: ["Link"], constants: doubled }, table))).toBe(
			"targets/constant-invalid",
		);
		expect(code(() => normaliseTarget({ mapping, matchKey: ["Price"], constants }, table))).toBe(
			"targets/match-key-invalid",
		);
		expect(normaliseTarget({ mapping, matchKey: ["Link", "Price"], constants }, table).matchKey).toEqual([
			"fldLink",
			"fldPrice",
		]);
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
		constants: [],
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

	test("OUT-5: one page under several addresses is one key once the address is tidied, and the cell says the same", () => {
		const tidy = {
			...rule,
			mapping: [{ from: "url", to: "fldLink", transform: [{ kind: "url" as const }] }],
			matchKey: ["fldLink"],
		};
		const url = (value: string) => ({ url: { type: "url" as const, value } });
		const [plain, followed] = [url("https://a.test/x?id=1"), url("HTTPS://A.test:443/x?utm_source=b&id=1#top")];
		expect(matchKeyOf(followed, tidy)).toBe(matchKeyOf(plain, tidy));
		expect(valueFor("fldLink", followed, tidy)).toEqual({
			ok: true,
			value: { type: "url", value: "https://a.test/x?id=1" },
		});
	});

	test("OUT-5: what a step cannot read has a key of its own, so that the engine says what is wrong", () => {
		const numbers = {
			...rule,
			mapping: [{ from: "price", to: "fldPrice", transform: [{ kind: "number" as const, decimal: "auto" as const }] }],
			matchKey: ["fldPrice"],
		};
		const [unread, other] = ["ca. 12", "about"].map((value) => matchKeyOf({ price: text(value) }, numbers));
		expect(unread).toBeString();
		expect(unread).not.toBe(other);
		expect(unread).not.toBe(matchKeyOf({ price: text("12") }, numbers));
	});

	test("CON-2: what was captured goes before a constant, and a constant before a field that was emptied", () => {
		const constants = [{ to: "fldName", value: text("Always") }];
		const value = (fields: Parameters<typeof matchKeyOf>[0]) =>
			valueFor("fldName", fields, { mapping: rule.mapping, constants });
		expect(value({ title: text("T") })).toEqual({ ok: true, value: text("T") });
		expect(value({ title: text("") })).toEqual({ ok: true, value: text("Always") });
		expect(value({})).toEqual({ ok: true, value: text("Always") });
		expect(valueFor("fldName", { title: text("") }, rule)).toEqual({ ok: true, value: text("") });
	});

	test("OUT-5: a long key is shortened to what an index holds, and stays apart from others", () => {
		const long = (end: string) => matchKeyOf({ title: text("T"), url: text("u".repeat(8_000) + end) }, rule) ?? "";
		expect(long("a").length).toBeLessThan(100);
		expect(long("a")).not.toBe(long("b"));
	});
});

test("SYNC-1: a lane's text is read back as it was, slashes in the container's id included", () => {
	const lane = { connectionId: "01912345-0000-7000-8000-000000000000", containerId: "a/b/c" };
	expect(parseLane(laneText(lane))).toEqual(lane);
	expect([parseLane(""), parseLane("x"), parseLane("/x"), parseLane("x/")]).toEqual([null, null, null, null]);
});
