import { describe, expect, test } from "bun:test";
import type { SourceCondition, SourceOperator } from "../contract/sources.ts";
import type { SourceBench, SourceConformanceOptions, SourcePart } from "./conformance-source-bench.ts";

const planted = [
	{ key: "Apple", text: "red", number: 1, day: "2024-01-01" },
	{ key: "apple pie", text: "brown", number: 5, day: "2024-06-15" },
	{ key: "Pear", text: "green", number: 10, day: "2025-01-01" },
	{ key: "plum" },
];

type Case = [part: SourcePart, op: SourceOperator, asked: { value?: string | number; keys: string[] }];

const cases: readonly Case[] = [
	["text", "is", { value: "red", keys: ["Apple"] }],
	["text", "is_not", { value: "red", keys: ["Pear", "apple pie", "plum"] }],
	["text", "contains", { value: "REE", keys: ["Pear"] }],
	["text", "empty", { keys: ["plum"] }],
	["text", "not_empty", { keys: ["Apple", "Pear", "apple pie"] }],
	["number", "is", { value: 5, keys: ["apple pie"] }],
	["number", "gt", { value: 1, keys: ["Pear", "apple pie"] }],
	["number", "lt", { value: 10, keys: ["Apple", "apple pie"] }],
	["number", "empty", { keys: ["plum"] }],
	["day", "is", { value: "2024-06-15", keys: ["apple pie"] }],
	["day", "gt", { value: "2024-06-15", keys: ["Pear"] }],
	["day", "lt", { value: "2024-06-15", keys: ["Apple"] }],
];

/** Search and conditions are the provider's work, over the whole table. */
export function sourceQueryCases(bench: () => SourceBench, { noSearch }: SourceConformanceOptions): void {
	if (noSearch === undefined) searchCases(bench);
	describe("conditions", () => {
		test.each(cases)("%s %s %j", async (part, op, { value, keys }) => {
			const column = bench().simulator.columns[part];
			await bench().simulator.plant(planted);
			const schema = await bench().schema();
			// A part that it has not, or an operator that it does not offer, is not asked for.
			const isOffered = column !== undefined && bench().column(schema, part).operators.includes(op);
			const condition = { column: column ?? "", op, ...(value === undefined ? {} : { value }) };
			expect(isOffered ? await bench().keys({ filter: [condition] }) : keys).toEqual(keys);
		});

		test("several are all to hold, over pages", async () => {
			const many = Array.from({ length: 30 }, (_, index) => ({
				key: `${index % 2 === 0 ? "even" : "odd"} ${index}`,
				text: index < 20 ? "low" : "high",
			}));
			await bench().simulator.plant(many);
			const { key, text } = bench().simulator.columns;
			const schema = await bench().schema();
			const has = (part: SourcePart, op: SourceOperator) => bench().column(schema, part).operators.includes(op);
			const filter: SourceCondition[] = [];
			if (has("key", "contains")) filter.push({ column: key, op: "contains", value: "even" });
			if (text !== undefined && has("text", "is")) filter.push({ column: text, op: "is", value: "low" });
			const isRight = (row: (typeof many)[number]) =>
				filter.every(({ column }) => (column === key ? row.key.startsWith("even") : row.text === "low"));
			const wanted = many.filter(isRight).map((row) => row.key);
			expect(await bench().keys({ filter, limit: 4 })).toEqual(wanted.toSorted());
		});
	});
}

function searchCases(bench: () => SourceBench): void {
	describe("search", () => {
		test("finds a part of a text, whatever its case, on every page", async () => {
			await bench().simulator.plant(planted);
			expect(await bench().keys({ search: "APPLE", limit: 1 })).toEqual(["Apple", "apple pie"]);
			expect(await bench().keys({ search: "nobody" })).toEqual([]);
		});

		test("what would be code in a query is text", async () => {
			const hostile = ['a"b', "o'Brien", "100%", "a_b", "a\\b", "{Key}", "1) or 1=1 --"];
			await bench().simulator.plant([...hostile.map((key) => ({ key })), { key: "plain" }]);
			for (const key of hostile) expect(await bench().keys({ search: key })).toEqual([key]);
		});
	});
}
