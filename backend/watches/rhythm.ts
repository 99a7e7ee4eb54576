import type { ConnectorManifest } from "../connectors/connector.ts";

const usualEveryMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;
const longestMs = 7 * dayMs;

/**
 * How long until a row is looked at next: half of the time since it was delivered, so that fresh rows are looked at often and old ones
 * seldom; never sooner than its provider's own rhythm (`limits.lookEveryMs`), and at least once a week. Where the provider tells of changes,
 * looking is only for what it did not tell, and rests a day at least.
 */
export function nextLookMs(ageMs: number, { lookEveryMs, watched }: { lookEveryMs: number; watched: boolean }): number {
	const leastMs = watched ? Math.max(lookEveryMs, dayMs) : lookEveryMs;
	return Math.min(Math.max(ageMs / 2, leastMs), longestMs);
}

/** A provider's rhythm. What would be due within it is looked at along with what is, so that it holds for a target as a whole. */
export function lookEveryOf({ limits }: Pick<ConnectorManifest, "limits">): number {
	return limits.lookEveryMs ?? usualEveryMs;
}
