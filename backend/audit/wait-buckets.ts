/**
 * Upper bounds in milliseconds of how long a delivery took from when it was due, each about 1.6 times the one before: what lies
 * between is told to a third of its size, from a quarter of a second to an hour. Stored counts hang on their places: append, never change.
 */
export const waitBoundsMs: readonly number[] = [
	250, 400, 630, 1_000, 1_600, 2_500, 4_000, 6_300, 10_000, 16_000, 25_000, 40_000, 63_000, 100_000, 160_000, 250_000,
	400_000, 630_000, 1_000_000, 1_600_000, 2_500_000, 3_600_000,
];

/** Place by place; lists of different lengths are as if the shorter ended in zeros. */
export function addCounts(one: readonly number[], other: readonly number[]): number[] {
	const length = Math.max(one.length, other.length);
	return Array.from({ length }, (_, place) => (one[place] ?? 0) + (other[place] ?? 0));
}

/**
 * The wait that this share of all deliveries stayed under, in milliseconds, interpolated inside its bucket.
 *
 * @param counts one place more than there are bounds: the last is what took longer than all of them
 * @returns null when nothing was counted; the last bound where it lies beyond
 */
export function waitQuantile(counts: readonly number[], share: number): number | null {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total === 0) return null;
	const wanted = share * total;
	let below = 0;
	for (const [place, count] of counts.entries()) {
		if (count > 0 && below + count >= wanted) {
			const from = waitBoundsMs[place - 1] ?? 0;
			const to = waitBoundsMs[place] ?? from;
			return Math.round(from + ((wanted - below) / count) * (to - from));
		}
		below += count;
	}
	return waitBoundsMs.at(-1) ?? null;
}
