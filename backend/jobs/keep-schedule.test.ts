import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import type { Queue } from "bullmq";
import { migrate } from "../db/apply-migrations.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { keepSchedule } from "./keep-schedule.ts";
import { migrateQueue, openQueueStore, type QueueStore } from "./queue.ts";
import { StartRunsPayload } from "./start-runs/payload.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let db: TestDatabase;
beforeAll(async () => {
	db = await createTestDatabase();
	await migrate({ databaseUrl: db.url, databaseKey: db.databaseKey, migrateQueue });
});
afterAll(async () => {
	await db.close();
});

const open = (): QueueStore =>
	openQueueStore({
		databaseUrl: db.url,
		databaseKey: db.databaseKey,
		redisUrl: null,
		onError: (error) => {
			throw error;
		},
	});

const times = { wakeEveryMs: 50, keepEveryMs: 50 };
const log = { warn: () => undefined };

/** A process that keeps the schedule and works on it. */
function startProcess() {
	const store = open();
	const queue = store.openQueue("start-runs");
	const stopping = new AbortController();
	const woken: (() => void)[] = [];
	let seen: unknown[] = [];
	const worker = store.openWorker({
		name: "start-runs",
		concurrency: 1,
		run: async ({ data }) => {
			seen.push(data);
			for (const tell of woken.splice(0)) tell();
		},
	});
	const keeping = keepSchedule(queue, { log, signal: stopping.signal, times });
	return {
		queue,
		nextWakeUp: async () => {
			const told = Promise.withResolvers<void>();
			woken.push(told.resolve);
			await told.promise;
			const [data] = seen;
			seen = [];
			return data;
		},
		stop: async () => {
			stopping.abort();
			await keeping;
			await worker.close();
			await queue.close();
			await store.close();
		},
	};
}

const schedulersOf = async (queue: Queue) => (await queue.getJobSchedulers()).length;

test("SYNC-2: the queue wakes a worker, again after a restart, and again after its store was emptied", async () => {
	const first = startProcess();
	expect(Value.Check(StartRunsPayload, await first.nextWakeUp())).toBe(true);
	await first.stop();
	const second = startProcess();
	await second.nextWakeUp();
	expect(await schedulersOf(second.queue)).toBe(1);
	await second.queue.obliterate({ force: true });
	await second.nextWakeUp();
	await second.stop();
});

test("SYNC-2: two processes that keep it have one schedule between them", async () => {
	const processes = [startProcess(), startProcess()] as const;
	await Promise.race(processes.map((each) => each.nextWakeUp()));
	expect(await schedulersOf(processes[0].queue)).toBe(1);
	await Promise.all(processes.map((each) => each.stop()));
});
