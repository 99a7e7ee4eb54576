const baseMs = 1_000;
/** The longest back-off: what seems to wait longer was put off by a clock that has been set back since. */
export const longestBackOffMs = 300_000;

/**
 * Exponential back-off with full jitter: anywhere between now and the exponential limit, so that many devices do not
 * come back together after an outage. One draw serves a whole batch, so that it stays together.
 * @returns the delay in milliseconds for an operation that failed `attempts` times (from 1).
 */
export function drawBackOff(random: () => number): (attempts: number) => number {
	const draw = random();
	return (attempts) => Math.round(draw * Math.min(longestBackOffMs, baseMs * 2 ** Math.min(attempts - 1, 20)));
}
