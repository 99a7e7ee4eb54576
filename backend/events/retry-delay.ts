const seconds = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/**
 * How long an event rests after its nth failed attempt, a tenth more or less so that many do not come at once; null when that was
 * the last one, about three days after the first.
 *
 * @param attempts failed ones so far, this one included
 * @param askedMs what the receiver asked for, at least
 */
export function retryDelayMs(attempts: number, askedMs: number, random: () => number = Math.random): number | null {
	const pause = seconds[attempts - 1];
	return pause === undefined ? null : Math.max(askedMs, Math.round(pause * 1_000 * (0.9 + 0.2 * random())));
}
