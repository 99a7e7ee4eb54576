import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { addCounts, waitBoundsMs, waitQuantile } from "./wait-buckets.ts";

/** As `width_bucket` of PostgreSQL puts it. */
function countsOf(waitsMs: readonly number[]): number[] {
	const counts = Array.from({ length: waitBoundsMs.length + 1 }, () => 0);
	for (const wait of waitsMs) {
		const place = waitBoundsMs.filter((bound) => bound <= wait).length;
		counts[place] = (counts[place] ?? 0) + 1;
	}
	return counts;
}

describe("SYNC-8: how long deliveries took, from counts", () => {
	test("SYNC-8: nothing counted is nothing told", () => {
		expect(waitQuantile([], 0.5)).toBeNull();
		expect(waitQuantile([0, 0], 0.95)).toBeNull();
	});

	test("SYNC-8: a quantile lies in the bucket that the true one lies in", () => {
		const waits = fc.array(fc.integer({ min: 0, max: 3_599_999 }), { minLength: 1, maxLength: 200 });
		fc.assert(
			fc.property(waits, fc.constantFrom(0.5, 0.95), (sample, share) => {
				const sorted = [...sample].sort((one, other) => one - other);
				const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
				const upper = waitBoundsMs.find((bound) => bound > exact) ?? 0;
				const lower = waitBoundsMs.findLast((bound) => bound <= exact) ?? 0;
				const told = waitQuantile(countsOf(sample), share) ?? -1;
				expect(told).toBeGreaterThanOrEqual(lower);
				expect(told).toBeLessThanOrEqual(upper);
			}),
		);
	});

	test("SYNC-8: what took longer than all bounds is told as the last of them", () => {
		expect(waitQuantile(countsOf([9_000_000]), 0.5)).toBe(3_600_000);
	});

	test("SYNC-8: hours add up to days", () => {
		expect(addCounts([1, 2], [3])).toEqual([4, 2]);
		expect(addCounts([], [])).toEqual([]);
	});
});
