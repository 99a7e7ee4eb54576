import { describe, expect, test } from "bun:test";
import type { TableField } from "../../../../backend/contract/connections.ts";
import {
	addField,
	mappingProblem,
	matchableColumns,
	setColumn,
	toggleMatch,
	toMapping,
	toMappingDraft,
	writableColumns,
} from "./mapping-editor.ts";

const column = (id: string, over: Partial<TableField> = {}): TableField => ({
	id,
	name: id,
	type: "text",
	providerType: "singleLineText",
	writable: true,
	matchable: true,
	...over,
});
const mapping = [
	{ from: "title", to: "name" },
	{ from: "url", to: "link" },
];
const draft = toMappingDraft(["title", "author", "url"], mapping, ["link"]);

describe("J3: fields are mapped to columns", () => {
	test("J3: every captured field has a line, mapped fields that were not captured too", () => {
		expect(toMappingDraft(["author"], mapping, []).rows).toEqual([
			{ from: "author", to: null },
			{ from: "title", to: "name" },
			{ from: "url", to: "link" },
		]);
	});

	test("J3: a suggestion goes back to the API as it came, in the order of its lines", () => {
		expect(toMapping(toMappingDraft(["title", "url"], mapping, []))).toEqual(mapping);
	});

	test("J3: several fields may share a column", () => {
		const shared = setColumn(draft, "author", "name");
		expect(toMapping(shared).filter((entry) => entry.to === "name")).toHaveLength(2);
	});

	test("J3: a column that loses its last field leaves the match key", () => {
		expect(setColumn(draft, "url", null).matchKey).toEqual([]);
		expect(setColumn(setColumn(draft, "author", "link"), "url", null).matchKey).toEqual(["link"]);
	});

	test("J3: a field is added once", () => {
		expect(addField(addField(draft, "price"), "price").rows.filter((row) => row.from === "price")).toHaveLength(1);
	});

	test("J3: columns that cannot be written or understood are not offered", () => {
		const columns = [column("a"), column("b", { writable: false }), column("c", { type: "unsupported" })];
		expect(writableColumns(columns).map(({ id }) => id)).toEqual(["a"]);
	});
});

describe("J3: the match key", () => {
	test("J3: only mapped columns the provider can match on are offered", () => {
		const columns = [column("name", { matchable: false }), column("link"), column("other")];
		expect(matchableColumns(draft, columns).map(({ id }) => id)).toEqual(["link"]);
	});

	test("J3: one to three columns, a fourth is not added", () => {
		const four = ["a", "b", "c", "d"].reduce(toggleMatch, { ...draft, matchKey: [] });
		expect(four.matchKey).toEqual(["a", "b", "c"]);
		expect(toggleMatch(four, "b").matchKey).toEqual(["a", "c"]);
	});

	test("J3: a draft says what keeps it from being saved", () => {
		expect(mappingProblem(draft)).toBeNull();
		expect(mappingProblem({ ...draft, matchKey: [] })).toBe("no-match-key");
		expect(mappingProblem({ ...draft, matchKey: ["elsewhere"] })).toBe("match-key-not-mapped");
		expect(mappingProblem(toMappingDraft(["title"], [], []))).toBe("nothing-mapped");
	});
});
