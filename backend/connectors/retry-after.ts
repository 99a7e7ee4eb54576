const longestWaitMs = 24 * 3_600_000;

/**
 * `Retry-After` as milliseconds from now, at most a day: seconds or a date (RFC 9110 §10.2.3). Null when there is none or it makes
 * no sense.
 */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | null {
	const text = headers.get("retry-after");
	if (text === null) return null;
	const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - now;
	return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), longestWaitMs);
}
