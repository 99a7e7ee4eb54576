/** Rates as documented; tests shorten the penalty instead of waiting for it. */
export type LimitSettings = {
	requestsPerSecondPerBase: number;
	requestsPerSecondPerUser: number;
	/** How long everything in a scope is refused after the rate was exceeded. */
	penaltyMs: number;
};

export const documentedLimits: LimitSettings = {
	requestsPerSecondPerBase: 5,
	requestsPerSecondPerUser: 50,
	penaltyMs: 30_000,
};

type Bucket = { tokens: number; refilledAt: number; penaltyUntil: number };

/** Token buckets, one per base and one per user, each as deep as its rate, with a penalty box behind. */
export class RateLimits {
	settings: LimitSettings = { ...documentedLimits };
	readonly #buckets = new Map<string, Bucket>();
	readonly #now: () => number;

	/** @param now milliseconds that only grow */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/** Whether a request by this user, and to this base if it names one, may pass. It counts against both. */
	admit(userId: string, baseId: string | null): boolean {
		const byUser = this.#take(`user ${userId}`, this.settings.requestsPerSecondPerUser);
		const byBase = baseId === null || this.#take(`base ${baseId}`, this.settings.requestsPerSecondPerBase);
		return byUser && byBase;
	}

	reset(): void {
		this.#buckets.clear();
	}

	#take(scope: string, rate: number): boolean {
		const now = this.#now();
		const bucket = this.#buckets.get(scope) ?? { tokens: rate, refilledAt: now, penaltyUntil: 0 };
		this.#buckets.set(scope, bucket);
		bucket.tokens = Math.min(rate, bucket.tokens + ((now - bucket.refilledAt) / 1_000) * rate);
		bucket.refilledAt = now;
		if (now < bucket.penaltyUntil) return false;
		if (bucket.tokens < 1) {
			bucket.penaltyUntil = now + this.settings.penaltyMs;
			return false;
		}
		bucket.tokens -= 1;
		return true;
	}
}
