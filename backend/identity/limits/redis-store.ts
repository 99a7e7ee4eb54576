import { Redis } from "ioredis";
import type { Hit, RateLimitStore } from "./rate-limit-store.ts";

/** A script, because a counter that was made and then got no expiry would stay for ever. */
const countAll = `
local counts = {}
for i, key in ipairs(KEYS) do
	counts[i] = redis.call("INCR", key)
	if counts[i] == 1 then redis.call("EXPIRE", key, ARGV[i]) end
end
return counts`;

/** After its window a counter is worth nothing; a clock may be a little behind another. */
const keptAfterSeconds = 60;

export type RedisLimits = RateLimitStore & { close(): void };

/** Counts in Redis. It answers within a moment or fails: a request must not wait for a counter. */
export function openRedisLimits(url: string, onError: (error: Error) => void): RedisLimits {
	const redis = new Redis(url, { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 500 });
	redis.on("error", onError);
	return {
		count: async (hits) => {
			const seconds = hits.map((hit) => hit.windowSeconds + keptAfterSeconds);
			const counts = await redis.eval(countAll, hits.length, ...hits.map(nameOf), ...seconds);
			return Array.isArray(counts) ? counts.map(Number) : [];
		},
		forget: async (hit) => {
			await redis.del(nameOf(hit));
		},
		close: () => redis.disconnect(),
	};
}

function nameOf({ key, windowStart }: Hit): string {
	return `sheaf:limit:${key.toString("base64url")}:${windowStart.getTime()}`;
}
