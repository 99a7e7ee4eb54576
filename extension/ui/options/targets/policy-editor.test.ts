import { describe, expect, test } from "bun:test";
import type { TableField } from "../../../../backend/contract/connections.ts";
import { toMappingDraft } from "./mapping/mapping-draft.ts";
import { type Policies, ruledColumns, toFieldPolicies, withColumnPolicy, withPolicy } from "./policy-editor.ts";

const start: Policies = { policy: "overwrite", columns: {} };
const mapping = toMappingDraft(
	{
		mapping: [
			{ from: "title", to: "name" },
			{ from: "url", to: "link" },
		],
		matchKey: ["link"],
	},
	[],
);
const column = (id: string): TableField => ({
	id,
	name: id,
	type: "text",
	providerType: "text",
	writable: true,
	matchable: true,
});

describe("SYNC-5: rules for rows that are there already", () => {
	test("SYNC-5: a column has a rule of its own until it is the same as everybody's", () => {
		const own = withColumnPolicy(start, "name", "fill_empty");
		expect(own.columns).toEqual({ name: "fill_empty" });
		expect(withColumnPolicy(own, "name", null).columns).toEqual({});
		expect(withColumnPolicy(own, "name", "overwrite").columns).toEqual({});
		expect(withPolicy(own, "fill_empty")).toEqual({ policy: "fill_empty", columns: {} });
	});

	test("SYNC-5: only mapped columns that rows are not found by can have one", () => {
		expect(ruledColumns(mapping, [column("name"), column("link"), column("other")]).map(({ id }) => id)).toEqual([
			"name",
		]);
	});

	test("SYNC-5: the rule of a column that is mapped no more is not sent", () => {
		const policies: Policies = { policy: "overwrite", columns: { name: "fill_empty", gone: "keep_remote" } };
		expect(toFieldPolicies(policies, mapping)).toEqual({ name: "fill_empty" });
	});
});
