import { describe, expect, test } from "bun:test";
import type { ConflictPolicy } from "../contract/targets.ts";
import { cellFingerprint } from "../records/cell-fingerprint.ts";
import type { Choice } from "../records/stored-conflict.ts";
import { type MergeInput, mergeCells, type Situation, situationOf, type Verdict, verdicts } from "./merge-cells.ts";

const policies: readonly ConflictPolicy[] = ["overwrite", "fill_empty", "keep_remote", "newest_wins", "ask"];

const early = "2026-01-01T00:00:00.000Z";
const late = "2026-01-02T00:00:00.000Z";

const inputOf = (policy: ConflictPolicy, more: Partial<MergeInput>): MergeInput => ({
	ours: {},
	theirs: {},
	changedAt: null,
	capturedAt: early,
	policyOf: () => policy,
	base: {},
	decision: null,
	...more,
});

const cellsOf: Readonly<Record<Situation, { ours: unknown; theirs: unknown }>> = {
	same: { ours: { a: 1, b: [2] }, theirs: { b: [2], a: 1 } },
	only_ours: { ours: "ours", theirs: undefined },
	only_theirs: { ours: null, theirs: "theirs" },
	both_differ: { ours: "ours", theirs: "theirs" },
};

const situations: readonly Exclude<Situation, "same">[] = ["only_ours", "only_theirs", "both_differ"];
const lines = policies.flatMap((policy) =>
	situations.map((situation): [ConflictPolicy, Exclude<Situation, "same">, Verdict] => [
		policy,
		situation,
		verdicts[policy][situation],
	]),
);

describe("SYNC-5: policies, cell by cell", () => {
	test.each(lines)("%s, %s: %s", (policy, situation, verdict) => {
		const { ours, theirs } = cellsOf[situation];
		const merge = (changedAt: string | null): Choice | null => {
			const merged = mergeCells(
				inputOf(policy, { ours: { c: ours }, theirs: { c: theirs }, changedAt, capturedAt: "2026-01-01T12:00:00Z" }),
			);
			const result = merged.columns[0]?.result ?? null;
			expect(merged.asks).toBe(result === null);
			expect(Object.keys(merged.changes)).toEqual(result === "ours" ? ["c"] : []);
			return result;
		};
		if (verdict === "newest") {
			expect([merge(early), merge(late), merge(null)]).toEqual(["ours", "theirs", null]);
		} else {
			expect(merge(late)).toBe(verdict === "ask" ? null : verdict);
		}
	});

	test.each(policies)("%s: what is the same is not written, and nothing is asked", (policy) => {
		const { ours, theirs } = cellsOf.same;
		const merged = mergeCells(inputOf(policy, { ours: { c: ours, d: "" }, theirs: { c: theirs } }));
		expect(merged).toMatchObject({ changes: {}, columns: [], asks: false });
	});

	test("a column that was not captured is never touched", () => {
		for (const policy of policies) {
			expect(mergeCells(inputOf(policy, { theirs: { c: "theirs" } })).changes).toEqual({});
		}
	});

	test("each column has its own policy", () => {
		const merged = mergeCells(
			inputOf("overwrite", {
				ours: { a: "1", b: "1", c: "1" },
				theirs: { a: "2", b: "2" },
				policyOf: (columnId) => (columnId === "b" ? "fill_empty" : "overwrite"),
			}),
		);
		expect(merged.changes).toEqual({ a: "1", c: "1" });
	});

	test("our own earlier value is nobody's change: an edited record goes out without a question", () => {
		for (const policy of ["ask", "newest_wins"] as const) {
			const base = mergeCells(inputOf(policy, { ours: { c: "one" }, theirs: { c: "one" } })).base;
			const edited = { ours: { c: "two" }, base, changedAt: late };
			expect(mergeCells(inputOf(policy, { ...edited, theirs: { c: "one" } })).changes).toEqual({ c: "two" });
			expect(mergeCells(inputOf(policy, { ...edited, theirs: { c: "theirs" } })).changes).toEqual({});
		}
	});

	test("a decision holds until the value there is another one", () => {
		for (const choice of ["ours", "theirs"] as const) {
			const decision = { columns: { c: choice }, about: { c: cellFingerprint("theirs") } };
			const decided = (theirs: string) =>
				mergeCells(inputOf("ask", { ours: { c: "ours" }, theirs: { c: theirs }, decision }));
			expect(decided("theirs")).toMatchObject({ asks: false, columns: [{ result: choice }] });
			expect(decided("theirs, changed")).toMatchObject({ asks: true });
		}
	});
});

/** Numbers from a seed, so that a failure can be repeated. */
function numbersFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

test("SYNC-5: whatever the cells, each result is one side's value, and merging again changes nothing", () => {
	const next = numbersFrom(7);
	const values = [undefined, null, "", [], "a", "b", 0, false, ["a"], { x: 1 }];
	const pick = <Value>(from: readonly Value[]): Value | undefined => from[Math.floor(next() * from.length)];
	for (let round = 0; round < 5_000; round += 1) {
		const policy = pick(policies) ?? "ask";
		const theirs = { a: pick(values), b: pick(values), c: pick(values) };
		const ours = { a: pick(values) ?? null, b: pick(values) ?? null };
		const changedAt = pick([early, late, null]) ?? null;
		const input = inputOf(policy, { ours, theirs, changedAt, capturedAt: "2026-01-01T12:00:00Z" });
		const { changes, columns, asks, base } = mergeCells(input);
		const after = { ...theirs, ...changes };
		expect(after.c).toBe(theirs.c);
		for (const [id, cell] of Object.entries(changes))
			expect(cell).toBe(Object.entries(ours).find(([key]) => key === id)?.[1]);
		if (policy === "overwrite") expect(situationOf(after.a, ours.a)).toBe("same");
		if (policy === "keep_remote") expect(changes).toEqual({});
		if (!asks) expect(mergeCells({ ...input, theirs: after, base }).changes).toEqual({});
		expect(columns.filter(({ result }) => result === "ours").length).toBe(Object.keys(changes).length);
	}
});
