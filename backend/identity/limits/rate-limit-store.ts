/** One count of one window. `key` is a hash: neither addresses nor e-mails are kept. */
export type Hit = { key: Buffer; windowStart: Date; windowSeconds: number };

/**
 * Where hits are counted, shared by all processes. Two implementations pass one suite (`conformance.ts`): PostgreSQL, and Redis
 * where the queue is in Redis.
 */
export type RateLimitStore = {
	/** Counts one hit in each of these windows; at once, also when others count the same. @returns the counts, in the order given. */
	count(hits: readonly Hit[]): Promise<number[]>;
	/** Takes back what was counted in this window. */
	forget(hit: Hit): Promise<void>;
};
