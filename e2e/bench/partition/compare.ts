/** Milliseconds of every sample, side by side: the same place of each list was measured right after one another. */
export type Samples = { side: string; milliseconds: number[] };

const warmUp = 300;

/**
 * Measures every side once per sample, in an order that changes, so that a machine that slows down or gets other work favours
 * nobody. The first ones warm up and are not counted.
 *
 * @param measure one sample of one side
 */
export async function sideBySide<Side extends { name: string }>(
	sides: readonly Side[],
	count: number,
	measure: (side: Side, sample: number) => Promise<number>,
): Promise<Samples[]> {
	const samples = sides.map(({ name }) => ({ side: name, milliseconds: [] as number[] }));
	for (let sample = -Math.min(warmUp, count); sample < count; sample += 1) {
		for (let turn = 0; turn < sides.length; turn += 1) {
			const place = (turn + Math.abs(sample)) % sides.length;
			const side = sides[place];
			if (side === undefined) continue;
			const took = await measure(side, sample);
			if (sample >= 0) samples[place]?.milliseconds.push(took);
		}
	}
	return samples;
}

/** The nearest rank: 0.95 of the samples took no longer. */
export function percentile(milliseconds: readonly number[], share: number): number {
	const sorted = [...milliseconds].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The same numbers on every run (mulberry32): what is asked for does not depend on luck. */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
