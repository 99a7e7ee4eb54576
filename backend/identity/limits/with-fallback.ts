import type { RateLimitStore } from "./rate-limit-store.ts";

/**
 * Counts in the first store, and in the second while the first one fails. Neither letting everybody through (guessing would be free
 * whenever Redis is away) nor nobody (its outage would be everybody's): PostgreSQL has to be there for the request anyway. Counts
 * begin anew over there, so that an outage gives at most one more window's worth of tries.
 */
export function withFallback(first: RateLimitStore, second: RateLimitStore): RateLimitStore {
	return {
		count: (hits) => first.count(hits).catch(() => second.count(hits)),
		forget: async (hit) => {
			await Promise.all([first.forget(hit).catch(() => undefined), second.forget(hit)]);
		},
	};
}
