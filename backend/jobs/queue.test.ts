import { afterAll, afterEach, describe, expect, test } from "bun:test";
import type { Job, Queue, Worker } from "bullmq";
import postgres from "postgres";
import { migrate } from "../db/apply-migrations.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { migrateQueue, openQueueStore, type QueueStore } from "./queue.ts";
import { startTestRedis, type TestRedis } from "./test-redis.ts";

const failOnError = (error: Error) => {
	throw error;
};

type Backend = { store: QueueStore; close(): Promise<void> };

async function onPostgres(): Promise<Backend> {
	const test: TestDatabase = await createTestDatabase();
	await migrate({ databaseUrl: test.url, databaseKey: test.databaseKey, migrateQueue });
	const store = openQueueStore({
		databaseUrl: test.url,
		databaseKey: test.databaseKey,
		redisUrl: null,
		onError: failOnError,
	});
	return {
		store,
		close: async () => {
			await store.close();
			await test.close();
		},
	};
}

async function onRedis(): Promise<Backend> {
	const redis: TestRedis = await startTestRedis();
	const store = openQueueStore({ databaseUrl: "", databaseKey: "", redisUrl: redis.url, onError: failOnError });
	return {
		store,
		close: async () => {
			await store.close();
			await redis.close();
		},
	};
}

/** Runs jobs until `count` have been seen, and hands over a gate that holds the first one while it runs. */
function collector(count: number) {
	const seen: unknown[] = [];
	const first = Promise.withResolvers<void>();
	const gate = Promise.withResolvers<void>();
	const done = Promise.withResolvers<void>();
	return {
		seen,
		firstStarted: first.promise,
		release: gate.resolve,
		allDone: done.promise,
		run: async (job: Job) => {
			seen.push(job.data);
			first.resolve();
			if (seen.length === 1) await gate.promise;
			if (seen.length === count) done.resolve();
		},
	};
}

describe.each([
	["PostgreSQL", onPostgres],
	["Redis", onRedis],
] as const)("SYNC-1: the queue on %s", (_name, open) => {
	let backend: Promise<Backend> | undefined;
	let opened: (Queue | Worker)[] = [];
	const store = async () => {
		backend ??= open();
		return (await backend).store;
	};
	afterEach(async () => {
		for (const closable of opened.reverse()) await closable.close();
		opened = [];
	});
	afterAll(async () => (await backend)?.close());

	test("a job that was added is run with its payload", async () => {
		const queues = await store();
		const queue = queues.openQueue("plain");
		const jobs = collector(1);
		jobs.release();
		opened.push(queue, queues.openWorker({ name: "plain", concurrency: 1, run: jobs.run }));
		await queue.add("ring", { lane: "a" });
		await jobs.allDone;
		expect(jobs.seen).toEqual([{ lane: "a" }]);
	});

	test("rings of one lane fold into one waiting job", async () => {
		const queues = await store();
		const queue = queues.openQueue("folded");
		opened.push(queue);
		for (let ring = 0; ring < 5; ring++) {
			await queue.add("ring", { lane: "a" }, { deduplication: { id: "a", keepLastIfActive: true } });
		}
		await queue.add("ring", { lane: "b" }, { deduplication: { id: "b", keepLastIfActive: true } });
		expect(await queue.getWaitingCount()).toBe(2);
	});

	test("a ring while the lane's job runs is not lost: the lane runs once more, and not twice", async () => {
		const queues = await store();
		const queue = queues.openQueue("kept");
		const jobs = collector(2);
		opened.push(queue, queues.openWorker({ name: "kept", concurrency: 4, run: jobs.run }));
		const ring = (turn: number) =>
			queue.add("ring", { turn }, { deduplication: { id: "lane", keepLastIfActive: true } });
		await ring(1);
		await jobs.firstStarted;
		await ring(2);
		await ring(3);
		expect(jobs.seen).toEqual([{ turn: 1 }]);
		jobs.release();
		await jobs.allDone;
		expect(jobs.seen).toEqual([{ turn: 1 }, { turn: 3 }]);
	});
});

test("SYNC-1: without the migration step the queue refuses to work, instead of making tables with the wrong owner", async () => {
	const fresh = await createTestDatabase();
	const admin = postgres(fresh.url, { max: 1 });
	try {
		const tables = await admin`select 1 from pg_tables where schemaname = 'bullmq'`;
		expect(tables).toHaveLength(0);
		const errors: string[] = [];
		const store = openQueueStore({
			databaseUrl: fresh.url,
			databaseKey: fresh.databaseKey,
			redisUrl: null,
			onError: (error) => errors.push(error.name),
		});
		const queue = store.openQueue("unmigrated");
		await expect(queue.add("ring", {})).rejects.toThrow();
		await queue.close().catch(() => undefined);
		await store.close();
	} finally {
		await admin.end();
		await fresh.close();
	}
});

test("SYNC-1: the queue's tables belong to the queue's role, which sees nothing else", async () => {
	const fresh = await createTestDatabase();
	await migrate({ databaseUrl: fresh.url, databaseKey: fresh.databaseKey, migrateQueue });
	const admin = postgres(fresh.url, { max: 1 });
	try {
		const owners = await admin<{ tableowner: string }[]>`
			select distinct tableowner from pg_tables where schemaname = 'bullmq'`;
		expect(owners.map(({ tableowner }) => tableowner)).toEqual(["sheaf_queue"]);
		const [access] = await admin<{ sheaf: boolean; api: boolean }[]>`
			select has_schema_privilege('sheaf_queue', 'sheaf', 'usage') as sheaf,
				has_schema_privilege('sheaf_api', 'bullmq', 'usage') as api`;
		expect(access).toEqual({ sheaf: false, api: false });
	} finally {
		await admin.end();
		await fresh.close();
	}
});
