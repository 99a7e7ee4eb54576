const baseMs = 1_000;
const capMs = 300_000;

/**
 * How long a record rests after a failed attempt: full jitter, doubling up to five minutes. What the provider asked for is
 * the least. There is no last attempt: a record is not given up because of its age (promise I1).
 *
 * @param attempts failed ones before this one
 */
export function backOffMs(attempts: number, atLeastMs: number, random: () => number = Math.random): number {
	const ceilingMs = Math.min(capMs, baseMs * 2 ** Math.min(attempts, 30));
	return Math.max(atLeastMs, Math.round(random() * ceilingMs));
}
