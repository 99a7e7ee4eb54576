import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
	countOf,
	isEverything,
	isNothing,
	isPicked,
	type Listed,
	mostRowIds,
	nothingPicked,
	type Picked,
	settingsOf,
	ticked,
	withColumn,
} from "./picked.ts";

const ids = ["a", "b", "c", "d", "e"];
const listed = (part: Partial<Listed> = {}): Listed => ({ ids, isWhole: false, total: null, ...part });
const everything: Picked = { ...nothingPicked, mode: "all" };
const but = (...rowIds: string[]): Picked => ({ ...everything, rowIds });
const on = (picked: Picked): string[] => ids.filter(isPicked(picked));

describe("J6: which rows are picked", () => {
	test("J6: nothing at first; the head picks all that match, and none when all are", () => {
		expect(isNothing(nothingPicked)).toBe(true);
		const all = ticked(nothingPicked, "all", ids);
		expect(all).toEqual(everything);
		expect(all && ticked(all, "all", ids)).toEqual(nothingPicked);
	});

	test("J6: with some left out, the head picks all again", () => {
		expect(ticked(but("a"), "all", ids)).toEqual(everything);
	});

	test("J6: a row that is ticked off is left out of all, and comes back", () => {
		const without = ticked(everything, { toggle: 1 }, ids);
		expect(without).toEqual(but("b"));
		expect(without && ticked(without, { toggle: 1 }, ids)).toEqual(everything);
	});

	test("J6: a range is picked, those that were left out too", () => {
		expect(ticked(but("a", "c", "e"), { from: 0, to: 2 }, ids)).toEqual(but("e"));
		expect(ticked(nothingPicked, { from: 1, to: 3 }, ids)?.rowIds).toEqual(["b", "c", "d"]);
	});

	test("J6: more rows than can be named one by one change nothing", () => {
		const many = Array.from({ length: mostRowIds + 1 }, (_, at) => `row ${at}`);
		expect(ticked(nothingPicked, { from: 0, to: mostRowIds }, many)).toBeNull();
		expect(ticked(nothingPicked, { from: 1, to: mostRowIds }, many)?.rowIds).toHaveLength(mostRowIds);
	});

	test("J6: chosen rows are saved wherever they are; all rows with what they were looked for by", () => {
		const asked = { filter: [{ column: "x", op: "empty" as const }], search: "lamp" };
		expect(settingsOf({ ...but("a"), ...asked })).toEqual({ ...but("a"), ...asked });
		expect(settingsOf({ ...nothingPicked, ...asked, rowIds: ["a"] })).toEqual({ ...nothingPicked, rowIds: ["a"] });
	});

	const pickedRows = fc
		.record({
			mode: fc.constantFrom("all" as const, "chosen" as const),
			rowIds: fc.uniqueArray(fc.constantFrom(...ids, "elsewhere")),
		})
		.map((part): Picked => ({ ...nothingPicked, ...part }));
	const ticks = fc.oneof(
		fc.constant("all" as const),
		fc.record({ toggle: fc.nat(4) }),
		fc.tuple(fc.nat(4), fc.nat(4)).map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) })),
	);

	test("J6: whatever is ticked, only the rows that were meant change", () => {
		fc.assert(
			fc.property(pickedRows, ticks, (picked, tick) => {
				const next = ticked(picked, tick, ids);
				if (next === null) throw new Error("Five rows are never too many.");
				if (tick === "all") return expect(on(next)).toEqual(isEverything(picked) ? [] : ids);
				const before = new Set(on(picked));
				const wanted = ids.filter((id, at) => {
					if ("toggle" in tick) return at === tick.toggle ? !before.has(id) : before.has(id);
					return before.has(id) || (at >= tick.from && at <= tick.to);
				});
				expect(on(next)).toEqual(wanted);
			}),
		);
	});

	test("J6: a number that is called exact is how many rows are on, once all are listed", () => {
		fc.assert(
			fc.property(pickedRows, (picked) => {
				const { rows, isExact } = countOf(picked, listed({ isWhole: true, total: { count: 99, exact: false } }));
				expect(isExact).toBe(true);
				expect(rows).toBe(picked.mode === "all" ? on(picked).length : picked.rowIds.length);
			}),
		);
	});
});

describe("J6: what is said of how many", () => {
	test("J6: without a word of the source there is no number", () => {
		expect(countOf(but("a"), listed())).toMatchObject({ rows: null, total: null, leftOut: 1, mayMiss: false });
	});

	test("J6: an exact total less what is left out is exact; an estimate stays one", () => {
		expect(countOf(but("a", "b"), listed({ total: { count: 12_340, exact: true } }))).toMatchObject({
			rows: 12_338,
			isExact: true,
		});
		expect(countOf(everything, listed({ total: { count: 12_000, exact: false } }))).toMatchObject({
			rows: 12_000,
			isExact: false,
		});
	});

	test("J6: what was left out under another search may not be among these rows: no number then", () => {
		const count = countOf(but("a", "not here"), listed({ total: { count: 10, exact: true } }));
		expect(count).toMatchObject({ rows: null, mayMiss: true, leftOut: 2 });
		expect(countOf(but("a", "not here"), listed({ isWhole: true }))).toMatchObject({ rows: 4, leftOut: 1 });
	});

	test("J6: a total that more rows than that were listed of is none", () => {
		expect(countOf(everything, listed({ total: { count: 3, exact: true } }))).toMatchObject({
			rows: null,
			total: null,
		});
	});

	test("J6: chosen rows are as many as they are, whatever is listed", () => {
		const chosen: Picked = { ...nothingPicked, rowIds: ["x", "y"] };
		expect(countOf(chosen, listed({ total: { count: 1, exact: true } }))).toMatchObject({ rows: 2, isExact: true });
	});
});

describe("J6: which columns travel", () => {
	test("J6: all are no list; one less is, in the table's order; the last one stays", () => {
		expect(withColumn(null, "b", ["a", "b", "c"])).toEqual(["a", "c"]);
		expect(withColumn(["c", "a"], "b", ["a", "b", "c"])).toBeNull();
		expect(withColumn(["a"], "a", ["a", "b"])).toEqual(["a"]);
	});
});
