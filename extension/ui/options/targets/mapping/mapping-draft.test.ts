import { describe, expect, test } from "bun:test";
import {
	addLine,
	mappingProblem,
	matchableColumns,
	putBack,
	removeLine,
	standsIn,
	toConstants,
	toggleMatch,
	toMapping,
	toMappingDraft,
	withColumn,
	withSource,
	writableColumns,
} from "./mapping-draft.ts";
import { column, columns, draft, keyOf } from "./test-mapping.ts";

const named = (to: string) => columns.find(({ id }) => id === to) ?? column(to);
const order = (of = draft) => of.lines.map(({ to }) => to);
const field = (name: string) => ({ kind: "field", name, steps: [] }) as const;

describe("J3: captured values are led to columns", () => {
	test("J3: lines stand in the table's order, those whose column is gone before all others", () => {
		expect(order()).toEqual(["gone", "name", "link", "read"]);
	});

	test("J3: what was saved goes back to the API as it came", () => {
		const mapping = [
			{ from: "title", to: "name", transform: [{ kind: "trim" as const }] },
			{ from: "price", to: "cost" },
		];
		const constants = [{ to: "read", value: { type: "boolean", value: true } as const }];
		const opened = toMappingDraft({ mapping, constants, matchKey: ["name"] }, columns);
		expect(toMapping(opened)).toEqual(mapping);
		expect(toConstants(opened)).toEqual(constants);
		expect(opened.matchKey).toEqual(["name"]);
	});

	test("J3: a line is added where its column stands, and a second one under the first", () => {
		const added = addLine(draft, { to: "name", source: field("headline") }, columns);
		expect(order(added.draft)).toEqual(["gone", "name", "name", "link", "read"]);
		expect(added.draft.lines[2]?.key).toBe(added.key);
		expect(draft.lines.map(({ key }) => key)).not.toContain(added.key);
		expect(order(addLine(draft, { to: "cost", source: field("price") }, columns).draft).at(-1)).toBe("cost");
	});

	test("J3: of several lines into a column a captured value goes first, whatever their order", () => {
		const constant = { kind: "constant", form: { input: "text", text: "x" } } as const;
		const both = addLine(
			withSource(draft, keyOf("name"), constant),
			{ to: "name", source: field("headline") },
			columns,
		);
		const lines = both.draft.lines.filter(({ to }) => to === "name");
		expect(lines.map((line) => standsIn(both.draft, line))).toEqual([true, false]);
		expect(draft.lines.some((line) => standsIn(draft, line))).toBe(false);
	});

	test("J3: a line that is led elsewhere stays where it is and takes the match key with it", () => {
		const moved = withColumn(draft, keyOf("link"), named("cost"));
		expect(order(moved)).toEqual(["gone", "name", "cost", "read"]);
		expect(moved.matchKey).toEqual(["cost"]);
		const unmatchable = withColumn(draft, keyOf("link"), column("files", { matchable: false }));
		expect(unmatchable.matchKey).toEqual([]);
	});

	test("J3: a column that loses its last field leaves the match key, one that keeps another does not", () => {
		expect(removeLine(draft, keyOf("link")).matchKey).toEqual([]);
		expect(withSource(draft, keyOf("link"), { kind: "constant", form: { input: "text", text: "x" } }).matchKey).toEqual(
			[],
		);
		const shared = addLine(draft, { to: "link", source: field("pdf") }, columns).draft;
		expect(removeLine(shared, keyOf("link")).matchKey).toEqual(["link"]);
	});

	test("J3: lines that were taken out can be put back, where they stood and with their part in the match key", () => {
		const keys = [keyOf("name"), keyOf("link")];
		const without = keys.reduce(removeLine, draft);
		expect(without.matchKey).toEqual([]);
		expect(putBack(without, draft, keys)).toEqual(draft);
		const added = addLine(without, { to: "cost", source: field("price") }, columns).draft;
		expect(order(putBack(added, draft, keys))).toEqual(["gone", "name", "link", "read", "cost"]);
		expect(putBack(draft, draft, keys)).toEqual(draft);
	});

	test("J3: a value for every row takes the input of the column it is led to", () => {
		const moved = withColumn(draft, keyOf("read"), named("cost"));
		const source = moved.lines.find(({ to }) => to === "cost")?.source;
		expect(source).toMatchObject({ kind: "constant", form: { input: "currency", text: "" } });
		expect(mappingProblem(moved)).toBe("line-unfinished");
	});

	test("J3: columns that cannot be written or understood are not offered", () => {
		const some = [column("a"), column("b", { writable: false }), column("c", { type: "unsupported" })];
		expect(writableColumns(some).map(({ id }) => id)).toEqual(["a"]);
	});

	test("J3: “no” is a value for every row, an empty text is none", () => {
		expect(toConstants(draft)).toEqual([{ to: "read", value: { type: "boolean", value: false } }]);
		const empty = withSource(draft, keyOf("name"), { kind: "constant", form: { input: "text", text: " " } });
		expect(toConstants(empty)).toHaveLength(1);
		expect(mappingProblem(empty)).toBe("line-unfinished");
	});
});

describe("J3: the match key", () => {
	test("J3: only columns that a field fills and the provider can match on are offered", () => {
		const some = [column("name", { matchable: false }), column("link"), column("read"), column("other")];
		expect(matchableColumns(draft, some).map(({ id }) => id)).toEqual(["link"]);
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
		expect(mappingProblem({ lines: [], matchKey: [] })).toBe("nothing-mapped");
		const chosenLater = addLine(draft, { to: "cost", source: { kind: "none" } }, columns).draft;
		expect(mappingProblem(chosenLater)).toBe("line-unfinished");
	});
});
