import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { SourceRow } from "../contract/sources.ts";
import {
	SourceBench,
	type SourceConformanceOptions,
	type SourceSimulator,
	valueOf,
} from "./conformance-source-bench.ts";
import { sourceFaultCases } from "./conformance-source-faults.ts";
import { sourceQueryCases } from "./conformance-source-queries.ts";

/** The suite every source passes against its connector's simulator, each case with a simulator of its own. */
export function describeSource(options: SourceConformanceOptions): void {
	describe(`CON-2: ${options.name} is a source`, () => {
		let simulator: SourceSimulator | undefined;
		let bench: SourceBench | undefined;
		const current = (): SourceBench => {
			if (bench === undefined) throw new Error("The simulator has not started.");
			return bench;
		};
		beforeEach(async () => {
			await simulator?.stop();
			simulator = await options.createSimulator();
			bench = new SourceBench(simulator, options);
		});
		afterAll(() => simulator?.stop());
		pageCases(current);
		schemaCases(current, options);
		sourceQueryCases(current, options);
		sourceFaultCases(current, options);
		manyCase(current);
	});
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `row ${index}` }));

function pageCases(bench: () => SourceBench): void {
	test("every row comes over pages and has one id, each in the contract's shape, and an empty table has none", async () => {
		expect(await bench().all()).toEqual([]);
		const rows = numbered(23);
		await bench().simulator.plant(rows);
		const listed = await bench().all();
		for (const row of listed) expect(Value.Check(SourceRow, row)).toBe(true);
		const once = new Map(listed.map((row) => [row.externalId, bench().keyOf(row)]));
		expect([...once.values()].toSorted()).toEqual(rows.map(({ key }) => key).toSorted());
	});

	test("rows that stay are all there, and none under two ids, while others come and go", async () => {
		await bench().simulator.plant(numbered(30));
		let turn = 0;
		const listed = await bench().all({}, async () => {
			turn += 1;
			if (turn > 2) return;
			await bench().simulator.plant([{ key: `new ${turn}` }]);
			await bench().simulator.remove(`row ${turn * 3}`);
		});
		const ids = new Map(listed.map((row) => [row.externalId, bench().keyOf(row)]));
		const staying = numbered(30).filter(({ key }) => key !== "row 3" && key !== "row 6");
		for (const { key } of staying) expect([...ids.values()].filter((seen) => seen === key)).toEqual([key]);
	});

	test("a cursor is used by another process, again and again, and gives the same rows", async () => {
		await bench().simulator.plant(numbered(25));
		const { cursor } = valueOf(await bench().page());
		const first = valueOf(await bench().page({ cursor }));
		expect(first.rows).not.toEqual([]);
		expect(valueOf(await bench().page({ cursor }))).toEqual(first);
	});

	test("one id stays a row's own, whatever is asked for", async () => {
		await bench().simulator.plant(numbered(3));
		const [one] = await bench().all();
		const key = one === undefined ? "" : bench().keyOf(one);
		const again = (await bench().all()).find((row) => bench().keyOf(row) === key);
		expect(again?.externalId).toBe(one?.externalId ?? "");
	});
}

function schemaCases(bench: () => SourceBench, { goneReason }: SourceConformanceOptions): void {
	test("columns have the contract's types, and values theirs: letters of all kinds, dates; an empty cell is absent", async () => {
		const { simulator } = bench();
		const odd = 'שלום عالم 👋🏽 "q" ’ \\ {x} %_';
		await simulator.plant([{ key: odd, text: odd, number: -0.25, day: "2024-02-29" }, { key: "bare" }]);
		const schema = await bench().schema();
		expect(bench().column(schema, "key")).toMatchObject({ type: "text" });
		const rows = await bench().all();
		const full = rows.find((row) => bench().keyOf(row) === odd);
		const bare = rows.find((row) => bench().keyOf(row) === "bare");
		const { text, number, day } = simulator.columns;
		if (text !== undefined) expect(full?.fields[text]).toEqual({ type: "text", value: odd });
		if (number !== undefined) expect(full?.fields[number]).toEqual({ type: "number", value: -0.25 });
		if (day !== undefined) expect(full?.fields[day]).toEqual({ type: "date", value: "2024-02-29" });
		for (const id of [text, number, day]) if (id !== undefined) expect(bare?.fields).not.toHaveProperty(id);
	});

	test("a table that is gone is told", async () => {
		const { source, simulator } = { source: bench().source(), simulator: bench().simulator };
		await simulator.removeTable();
		expect(await source.schema(bench().call(), simulator.place)).toMatchObject({
			kind: "refused",
			reason: goneReason ?? "delivery/table-missing",
		});
	});
}

function manyCase(bench: () => SourceBench): void {
	test("10,000 rows are 10,000 rows", async () => {
		await bench().simulator.plant(numbered(10_000));
		const listed = await bench().all({ limit: 500 });
		expect(new Set(listed.map((row) => bench().keyOf(row))).size).toBe(10_000);
	}, 120_000);
}
