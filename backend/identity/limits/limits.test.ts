import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Redis } from "ioredis";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { startTestRedis, type TestRedis } from "../../jobs/test-redis.ts";
import { rateLimitStoreSuite } from "./conformance.ts";
import { createPostgresLimits } from "./postgres-store.ts";
import type { Hit, RateLimitStore } from "./rate-limit-store.ts";
import { openRedisLimits, type RedisLimits } from "./redis-store.ts";
import { withFallback } from "./with-fallback.ts";

let testDatabase: TestDatabase;
let redis: TestRedis;
let inRedis: RedisLimits;
let inPostgres: RateLimitStore;
beforeAll(async () => {
	[testDatabase, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
	inPostgres = createPostgresLimits(testDatabase.database.asIdentity);
	inRedis = await connected(redis.url);
});
afterAll(async () => {
	inRedis.close();
	await Promise.all([testDatabase.close(), redis.close()]);
});

const hit: Hit = { key: Buffer.alloc(32, 1), windowStart: new Date(1_800_000_000_000), windowSeconds: 60 };

/** It refuses until its connection stands, which a backend does not wait for. */
async function connected(url: string): Promise<RedisLimits> {
	const store = openRedisLimits(url, () => undefined);
	while (true) {
		try {
			await store.forget(hit);
			return store;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}
}

describe("PostgreSQL", () => rateLimitStoreSuite(() => inPostgres));
describe("Redis", () => rateLimitStoreSuite(() => inRedis));
describe("Redis, and PostgreSQL behind it", () => rateLimitStoreSuite(() => withFallback(inRedis, inPostgres)));

test("SEC-1: no counter stays in Redis for longer than its window and a minute", async () => {
	await inRedis.count([hit, { ...hit, windowStart: new Date(0) }]);
	const client = new Redis(redis.url);
	const keys = await client.keys("sheaf:limit:*");
	const lives = await Promise.all(keys.map((key) => client.ttl(key)));
	client.disconnect();
	expect(lives.length).toBeGreaterThan(1);
	expect(lives.filter((seconds) => seconds < 0 || seconds > 120)).toEqual([]);
});

test("SEC-1: while Redis is away PostgreSQL counts, so that guessing is never free", async () => {
	const away = await startTestRedis();
	const first = await connected(away.url);
	const store = withFallback(first, inPostgres);
	const window = { ...hit, key: Buffer.alloc(32, 2) };
	expect(await store.count([window])).toEqual([1]);
	await away.close();
	const counts = [await store.count([window]), await store.count([window]), await store.count([window])];
	expect(counts).toEqual([[1], [2], [3]]);
	await store.forget(window);
	expect(await store.count([window])).toEqual([1]);
	first.close();
});
