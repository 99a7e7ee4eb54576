/** One measured figure: what was seen in each round and what it comes to. */
export type Figure = {
	id: string;
	title: string;
	unit: "ratio" | "ms" | "kB" | "MiB" | "count";
	/** In the order they were measured. */
	rounds: number[];
	/** The median of the rounds. */
	value: number;
	/** Left out where the figure is only reported. */
	goal?: Goal;
	/** The absolute figures behind a ratio, for the reader. */
	details?: Record<string, number | string>;
};

export type Goal = { atLeast: number } | { atMost: number };

/** A measurement yields one figure or several. */
export type Measurement = {
	name: string;
	/** Needs the built extension. */
	usesExtension?: true;
	measure(): Promise<Figure[]>;
};

export function figure(parts: Omit<Figure, "value">): Figure {
	return { ...parts, value: median(parts.rounds) };
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle];
	if (upper === undefined) throw new Error("There is no median of nothing.");
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function meetsGoal({ value, goal }: Figure): boolean {
	if (!goal) return true;
	return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/**
 * Runs both sides in turn, and which one goes first changes every round, so that a machine that slows down or a cache that
 * fills favours neither. The first round warms up and is not counted.
 *
 * @returns milliseconds per round and side
 */
export async function interleave(
	rounds: number,
	ours: () => Promise<unknown>,
	theirs: () => Promise<unknown>,
): Promise<{ ours: number[]; theirs: number[] }> {
	const measured = { ours: [] as number[], theirs: [] as number[] };
	for (let round = 0; round <= rounds; round += 1) {
		const oursFirst = round % 2 === 0;
		const early = await milliseconds(oursFirst ? ours : theirs);
		const late = await milliseconds(oursFirst ? theirs : ours);
		if (round === 0) continue;
		measured.ours.push(oursFirst ? early : late);
		measured.theirs.push(oursFirst ? late : early);
	}
	return measured;
}

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** Round by round, so that drift of the machine cancels out. */
export function ratios(above: readonly number[], below: readonly number[]): number[] {
	return above.map((value, index) => value / (below[index] ?? Number.NaN));
}
