import { afterAll, expect, test } from "bun:test";
import { migrate } from "../db/apply-migrations.ts";
import { createTestDatabase } from "../db/test-database.ts";
import { forgetJobs } from "./forget-jobs.ts";
import { migrateQueue, openQueueStore, type QueueStore } from "./queue.ts";
import { createRing } from "./ring.ts";
import { startTestRedis } from "./test-redis.ts";

const onError = (error: Error) => {
	throw error;
};
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
	for (const close of closing.reverse()) await close();
});

async function onPostgres(): Promise<QueueStore> {
	const test = await createTestDatabase();
	closing.push(test.close);
	const settings = { databaseUrl: test.url, databaseKey: test.databaseKey };
	await migrate({ ...settings, migrateQueue });
	return openQueueStore({ ...settings, redisUrl: null, onError });
}

async function onRedis(): Promise<QueueStore> {
	const redis = await startTestRedis();
	closing.push(redis.close);
	return openQueueStore({ databaseUrl: "", databaseKey: "", redisUrl: redis.url, onError });
}

const quiet = { warn: () => undefined };

test.each([
	["PostgreSQL", onPostgres],
	["Redis", onRedis],
] as const)(
	"SEC-4: the jobs of what is gone leave the queue on %s, waiting, delayed and done; others stay",
	async (_, open) => {
		const store = await open();
		closing.push(store.close);
		const queue = store.openQueue("deliver-lane");
		closing.push(() => queue.close());
		const [gone, stays] = [crypto.randomUUID(), crypto.randomUUID()];
		const done = Promise.withResolvers<void>();
		const worker = store.openWorker({ name: "deliver-lane", concurrency: 1, run: async () => undefined });
		worker.on("completed", () => done.resolve());
		await queue.add("ring", { workspaceId: gone, lane: "done" });
		await done.promise;
		await worker.close();
		const ring = createRing(queue, quiet);
		for (let lane = 0; lane < 7; lane++) await ring({ workspaceId: gone, lane: `lane-${lane}` });
		await ring({ workspaceId: stays, lane: "lane-0" });
		await queue.add("ring", { workspaceId: gone, lane: "later" }, { delay: 3_600_000 });
		expect(await forgetJobs({ queues: [queue], log: quiet }, ({ workspaceId }) => workspaceId === gone)).toBe(9);
		const left = await queue.getJobs();
		expect(left.map(({ data }) => (data as { workspaceId: string }).workspaceId)).toEqual([stays]);
		// A lane that comes back under the same name can be rung for again.
		await ring({ workspaceId: gone, lane: "lane-0" });
		expect(await queue.getWaitingCount()).toBe(2);
	},
);

test("SEC-4: a queue that is away is told of and keeps nobody from leaving", async () => {
	const told: string[] = [];
	const away = { getJobs: () => Promise.reject(new Error("away")) } as unknown as Parameters<
		typeof forgetJobs
	>[0]["queues"][0];
	const log = { warn: (_: unknown, text?: string) => void told.push(text ?? "") };
	expect(await forgetJobs({ queues: [away], log }, () => true)).toBe(0);
	expect(told).toEqual(["the queue kept jobs of what is gone: they will find nothing to do"]);
});
