import type { OutboxCounts } from "../outbox/types.ts";

const halfMinuteMs = 30_000;
const longestMs = 900_000;

export type Standing = {
	counts: OutboxCounts;
	/** When the outbox wants to send again (epoch milliseconds), or null when it has nothing to send. */
	nextAt: number | null;
	signedIn: boolean;
	/** How often in a row looking brought no news. */
	quietRounds: number;
};

/**
 * When to wake next (epoch milliseconds), or null: a browser with nothing on its way is left alone. Looking for news of
 * what the backend has becomes rarer the longer there is none. Chrome wakes no earlier than after half a minute.
 */
export const nextWake = ({ counts, nextAt, signedIn, quietRounds }: Standing, now: number): number | null => {
	if (!signedIn || (counts.waiting === 0 && nextAt === null)) return null;
	const look = now + Math.min(longestMs, halfMinuteMs * 2 ** Math.min(quietRounds, 10));
	return nextAt === null ? look : Math.max(now + halfMinuteMs, Math.min(look, nextAt));
};
