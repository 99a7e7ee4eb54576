import { describe, expect, test } from "bun:test";
import type { Connector } from "../connectors/connector.ts";
import type { Table, TableField } from "../contract/connections.ts";
import { createTestConnector } from "../sync/test-connector.ts";
import type { CheckedMapping } from "./mapping-problems.ts";
import { previewOf } from "./preview-target.ts";

const column = (id: string, name: string, more: Partial<TableField> = {}): TableField => ({
	id,
	name,
	type: "text",
	providerType: "any",
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
		column("fldCost", "List price", { type: "number" }),
		column("fldMade", "Created", { writable: false, type: "datetime" }),
		column("fldTags", "Tags", { type: "multi_select", matchable: false }),
	],
};

const text = (value: string) => ({ type: "text" as const, value });
const able: Connector = { ...createTestConnector().connector, createColumns: async () => ({ kind: "ok", value: [] }) };

const preview = (checked: Partial<CheckedMapping>) =>
	previewOf({
		table,
		mapping: [
			{ from: "title", to: "fldName" },
			{ from: "url", to: "Link", transform: [{ kind: "url" }] },
		],
		constants: [],
		matchKey: ["fldLink"],
		before: [],
		fields: { title: text("A title"), url: { type: "url", value: "https://a.test/?utm_source=x" } },
		connector: able,
		...checked,
	});

test("CON-2: every filled column says what would be written, after the steps, in the table's order", () => {
	const constants = [{ to: "Tags", value: { type: "list" as const, value: ["one", "two"] } }];
	expect(preview({ constants })).toEqual({
		columns: [
			{ to: "fldName", name: "Name", type: "text", value: "A title", problem: null },
			{ to: "fldLink", name: "Link", type: "url", value: "https://a.test/", problem: null },
			{ to: "fldTags", name: "Tags", type: "multi_select", value: "one, two", problem: null },
		],
		problems: [],
	});
	expect(preview({ fields: {} }).columns.map(({ value }) => value)).toEqual([null, null]);
});

test("CON-2: a value that does not fit, or that a step cannot read, is told at its column and is no problem of the mapping", () => {
	const mapping = [
		{ from: "url", to: "fldLink" },
		{ from: "title", to: "fldCost" },
		{ from: "title", to: "fldName", transform: [{ kind: "date" as const }] },
	];
	const { columns, problems } = preview({ mapping });
	expect(problems).toEqual([]);
	expect(columns.map(({ to, value, problem }) => [to, value, problem?.code])).toEqual([
		["fldName", null, "delivery/value-refused"],
		["fldLink", "https://a.test/?utm_source=x", undefined],
		["fldCost", null, "delivery/value-refused"],
	]);
	expect(columns[0]?.problem?.message).toContain("step “Read as a date”: “A title”");
	expect(columns[0]?.problem?.details).toMatchObject({ case: "unread", shown: "A title" });
});

describe("CON-2: the schema check", () => {
	const link = { from: "url", to: "fldLink" };

	test("a column that is gone is named as it was called, with what it may be now and what to make", () => {
		const mapping = [link, { from: "price", to: "fldGone" }];
		const { columns, problems } = preview({ mapping, before: [{ id: "fldGone", name: "Price", type: "number" }] });
		const message =
			"“Price” is no longer in the table “Reading”. It may be called “List price” now: use that column, or choose another.";
		expect(problems).toEqual([
			{
				code: "delivery/column-missing",
				message,
				column: { id: "fldGone", name: "Price" },
				fix: "map_other",
				suggested: { id: "fldCost", name: "List price" },
				create: { name: "Price", type: "number" },
				entry: 1,
			},
		]);
		expect(columns.at(-1)).toEqual({
			to: "fldGone",
			name: "Price",
			type: "missing",
			value: null,
			problem: { code: "delivery/column-missing", message },
		});
	});

	test("one that is like no other is offered to be made, or to be taken out where columns cannot be", () => {
		const mapping = [link, { from: "author", to: "Author" }];
		const fields = { author: { type: "list" as const, value: ["Ann"] } };
		expect(preview({ mapping, fields }).problems).toMatchObject([
			{ fix: "create_column", create: { name: "Author", type: "multi_select" }, column: { name: "Author" } },
		]);
		const { createColumns: _, ...unable } = able;
		const [problem] = preview({ mapping, fields, connector: unable }).problems;
		expect(problem).toMatchObject({ fix: "remove" });
		expect(problem).not.toHaveProperty("create");
	});

	test("a renamed column is found by its id and is none; where names are the ids, the likely one is said", () => {
		const renamed = { ...table, fields: table.fields.map((field) => ({ ...field, name: `New ${field.name}` })) };
		expect(preview({ mapping: [link], table: renamed }).problems).toEqual([]);
		const byName = { ...table, fields: [column("Link", "Link"), column("headline-text", "headline text")] };
		const mapping = [
			{ from: "url", to: "Link" },
			{ from: "title", to: "Headline Text" },
		];
		expect(preview({ mapping, table: byName, matchKey: ["Link"] }).problems).toEqual([]);
		const moved = [
			{ from: "url", to: "Link" },
			{ from: "title", to: "headlineText" },
		];
		expect(preview({ mapping: moved, table: byName, matchKey: ["Link"] }).problems).toMatchObject([
			{ fix: "map_other", suggested: { id: "headline-text" } },
		]);
	});

	test("a column of another kind than before is told and still shows what would be written", () => {
		const { columns, problems } = preview({ before: [{ id: "fldName", name: "Name", type: "number" }] });
		expect(problems).toMatchObject([{ code: "targets/column-changed", column: { id: "fldName" } }]);
		expect(problems[0]?.message).toContain("was a number and is a text now");
		expect(columns[0]).toMatchObject({ value: "A title", problem: null });
	});

	test("what cannot be filled, a step that could never work and a constant that does not fit are told with their place", () => {
		const mapping = [
			link,
			{ from: "title", to: "Created" },
			{
				from: "title",
				to: "Name",
				transform: [{ kind: "trim" as const }, { kind: "regex" as const, pattern: "(", replace: "" }],
			},
		];
		const constants = [
			{ to: "fldCost", value: text("many") },
			{ to: "Nope", value: text("x") },
		];
		expect(preview({ mapping, constants }).problems).toMatchObject([
			{ code: "targets/mapping-invalid", column: { id: "fldMade" }, fix: "remove", entry: 1 },
			{ code: "targets/transform-invalid", column: { id: "fldName" }, entry: 2, step: 1 },
			{ code: "targets/constant-invalid", column: { id: "fldCost" } },
			{ code: "delivery/column-missing", column: { id: "Nope" } },
		]);
	});

	test("what stands in for an empty field and does not fit its column is told with its step, once and not by every record", () => {
		const standIn = { kind: "default" as const, value: text("n/a") };
		const mapping = [link, { from: "price", to: "fldCost", transform: [{ kind: "trim" as const }, standIn] }];
		expect(preview({ mapping }).problems).toMatchObject([
			{ code: "targets/transform-invalid", column: { id: "fldCost" }, entry: 1, step: 1 },
		]);
		const number = [
			{ ...standIn, value: text("1,5") },
			{ kind: "number" as const, decimal: "," as const },
		];
		const read = [link, { from: "price", to: "fldCost", transform: number }];
		expect(preview({ mapping: read })).toMatchObject({ problems: [], columns: [{}, { value: "1.5" }] });
	});

	test("a choice that a closed column does not have is told as one, of a constant and of a record", () => {
		const closed = {
			...table,
			fields: [...table.fields, column("fldKind", "Kind", { type: "select", options: ["Red"] })],
		};
		const refusing = {
			...able,
			coerce: (): ReturnType<Connector["coerce"]> => ({ ok: false, message: "“Kind” takes “Red”." }),
		};
		const at = { table: closed, connector: refusing, matchKey: null };
		const constants = [{ to: "fldKind", value: text("Blue") }];
		expect(preview({ ...at, mapping: [], constants }).problems).toMatchObject([{ code: "delivery/option-missing" }]);
		const mapping = [{ from: "title", to: "fldKind" }];
		expect(preview({ ...at, mapping }).columns).toMatchObject([{ problem: { code: "delivery/option-missing" } }]);
	});

	test("a match key that cannot tell rows apart is told; while none is chosen nothing is", () => {
		const mapping = [link, { from: "title", to: "fldTags" }];
		expect(preview({ mapping, matchKey: ["fldTags"] }).problems).toMatchObject([
			{ code: "targets/match-key-invalid", column: { id: "fldTags" } },
		]);
		expect(preview({ mapping, matchKey: null }).problems).toEqual([]);
		expect(preview({ mapping: [], matchKey: [] }).problems).toMatchObject([{ code: "targets/match-key-invalid" }]);
	});

	test("a message has every column that is named", () => {
		const messages = { ...table, fields: [], takesAnyColumn: true as const };
		const { columns, problems } = preview({ table: messages, matchKey: ["Link"] });
		expect(problems).toEqual([]);
		expect(columns.map(({ to }) => to)).toEqual(["fldName", "Link"]);
	});
});
