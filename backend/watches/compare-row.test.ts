import { describe, expect, test } from "bun:test";
import { cellFingerprints } from "../records/cell-fingerprint.ts";
import { compareRow } from "./compare-row.ts";
import { nextLookMs } from "./rhythm.ts";

const columns = [
	{ id: "name", type: "text" as const },
	{ id: "price", type: "number" as const },
	{ id: "tick", type: "boolean" as const },
];
const ours = { name: "A", price: 1.005, tick: false };
const base = cellFingerprints(ours);

describe("SYNC-6: a row that was delivered against the row that is there", () => {
	test("what comes back as it was sent is ours, at every look", () => {
		const first = compareRow({ base, seen: null }, columns, ours);
		expect(first.changed).toBe(false);
		expect(compareRow({ base, seen: first.seen }, columns, ours).changed).toBe(false);
	});

	test("a rounded number and an unticked box that is nothing are ours, and from then on the measure", () => {
		const { changed, seen } = compareRow({ base, seen: null }, columns, { name: "A", price: 1 });
		expect(changed).toBe(false);
		expect(compareRow({ base, seen }, columns, { name: "A", price: 1 }).changed).toBe(false);
		expect(compareRow({ base, seen }, columns, { name: "A", price: 2 }).changed).toBe(true);
		expect(compareRow({ base, seen }, columns, { name: "A", price: 1, tick: true }).changed).toBe(true);
	});

	test("another text is a change already at the first look, and so is an emptied one", () => {
		expect(compareRow({ base, seen: null }, columns, { ...ours, name: "B" }).changed).toBe(true);
		expect(compareRow({ base, seen: null }, columns, { price: 1.005 }).changed).toBe(true);
	});

	test("a column that we did not write is not ours to compare", () => {
		const { name } = base;
		expect(compareRow({ base: { name: name ?? "" }, seen: null }, columns, { name: "A", price: 7 })).toEqual({
			changed: false,
			seen: {},
		});
	});

	test("a row delivered before anything was kept is measured from its first look on", () => {
		const { changed, seen } = compareRow({ base: null, seen: null }, columns, ours);
		expect(changed).toBe(false);
		expect(compareRow({ base: null, seen }, columns, { ...ours, name: "B" }).changed).toBe(true);
	});
});

const [minute, hour, day] = [60_000, 3_600_000, 24 * 3_600_000];

describe("SYNC-6: the rhythm of looks", () => {
	const lookEveryMs = 15 * minute;
	test.each([
		[0, false, 15 * minute],
		[2 * hour, false, hour],
		[4 * day, false, 2 * day],
		[100 * day, false, 7 * day],
		[0, true, day],
		[100 * day, true, 7 * day],
	])("a row %p ms after its delivery, watched %p, rests %p ms", (ageMs, watched, restMs) => {
		expect(nextLookMs(ageMs, { lookEveryMs, watched })).toBe(restMs);
	});

	test("a target of fresh and old rows costs at most a look each time its provider's rhythm comes round", () => {
		// Over a year, a row that is looked at alone.
		let [ageMs, looks] = [0, 0];
		while (ageMs < 365 * day) {
			ageMs += nextLookMs(ageMs, { lookEveryMs: 4 * hour, watched: false });
			looks += 1;
		}
		expect(looks).toBeLessThan(70);
	});
});
