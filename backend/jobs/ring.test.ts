import { expect, test } from "bun:test";
import { createLog } from "../telemetry/log.ts";
import { openQueueStore } from "./queue.ts";
import { createRing } from "./ring.ts";
import { startTestRedis } from "./test-redis.ts";

const lane = { workspaceId: "0190a5b0-0000-7000-8000-000000000001", lane: "0190a5b0-0000-7000-8000-000000000002/base" };

test("SYNC-1: rings of a lane fold into one job that carries ids and nothing else", async () => {
	const redis = await startTestRedis();
	const store = openQueueStore({ databaseUrl: "", databaseKey: "", redisUrl: redis.url, onError: () => undefined });
	const queue = store.openQueue("deliver-lane");
	const ring = createRing(queue, createLog("silent"));
	for (let turn = 0; turn < 3; turn++) await ring(lane);
	const jobs = await queue.getJobs();
	expect(jobs.map(({ data }) => data)).toEqual([lane]);
	await queue.close();
	await store.close();
	await redis.close();
});

test("SYNC-1: a queue that is away costs a warning; the write that rang is not told", async () => {
	const redis = await startTestRedis();
	const store = openQueueStore({ databaseUrl: "", databaseKey: "", redisUrl: redis.url, onError: () => undefined });
	const queue = store.openQueue("deliver-lane");
	await queue.waitUntilReady();
	await redis.close();
	const warnings: string[] = [];
	const ring = createRing(queue, { warn: (_facts: unknown, message?: string) => void warnings.push(message ?? "") });
	await ring(lane);
	expect(warnings).toHaveLength(1);
	await store.close();
});
