import { describe, expect, test } from "bun:test";
import type { TableField } from "../contract/connections.ts";
import { type ColumnRule, targetColumn } from "./target-column.ts";

const field = (over: Partial<TableField>): TableField => ({
	id: "col",
	name: "Column",
	type: "text",
	providerType: "text",
	writable: true,
	matchable: true,
	...over,
});
const adding: ColumnRule["connector"] = {
	manifest: { addsChoices: true },
	coerce: ({ value }, { options = [], providerType }) =>
		providerType !== "closed" || options.some((option) => option === value)
			? { ok: true, cell: value }
			: { ok: false, message: "No." },
};
const rule = (over: Partial<ColumnRule> = {}): ColumnRule => ({ connector: adding, matchKey: [], ...over });

describe("J4: what a form is told of a column", () => {
	test("J4: a text column is its id, name and type, and nothing of what only the engine needs", () => {
		expect(targetColumn(field({}), rule())).toEqual({ id: "col", name: "Column", type: "text" });
	});

	test("J4: choices come with whether a new one is added", () => {
		const choice = field({ type: "select", options: ["Red"] });
		expect(targetColumn(choice, rule())).toMatchObject({ options: ["Red"], takesNewOptions: true });
	});

	const closed: [why: string, column: TableField, connector: ColumnRule["connector"]][] = [
		["the column is closed", field({ type: "select", options: ["Red"], providerType: "closed" }), adding],
		["the provider adds none", field({ type: "select", options: ["Red"] }), { ...adding, manifest: {} }],
		["the provider is not known here", field({ type: "select", options: ["Red"] }), undefined],
		["it has no choices", field({ type: "text" }), adding],
	];
	for (const [why, column, connector] of closed) {
		test(`J4: none is added where ${why}`, () => {
			expect(targetColumn(column, rule({ connector }))).not.toHaveProperty("takesNewOptions");
		});
	}

	test("J4: a rating has its highest value, a link its table", () => {
		expect(targetColumn(field({ type: "rating", max: 10 }), rule())).toMatchObject({ max: 10 });
		expect(targetColumn(field({ type: "link", linkedTableId: "people" }), rule())).toMatchObject({
			linkedTableId: "people",
		});
	});

	test("J4: a column is required where the provider says so, or where it tells rows apart", () => {
		expect(targetColumn(field({ required: true }), rule())).toMatchObject({ required: true });
		expect(targetColumn(field({}), rule({ matchKey: ["col"] }))).toMatchObject({ required: true });
		expect(targetColumn(field({}), rule({ matchKey: ["other"] }))).not.toHaveProperty("required");
	});
});
