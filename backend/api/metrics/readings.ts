import { setTimeout as delay } from "node:timers/promises";
import type { Queue } from "bullmq";
import { createLaneFigures } from "../../sync/lane-figures.ts";
import type { Reading } from "../../telemetry/metrics.ts";
import type { AppDeps } from "../app-deps.ts";

/** What is asked about the moment in which `/metrics` is read. */
export type ReadingDeps = {
	database: Pick<AppDeps["database"], "asService" | "ping">;
	queues?: readonly Queue[] | undefined;
};

/** Prometheus gives up after ten seconds by default; the other figures are wanted most of all when one store is away. */
const patienceMs = 1_000;

/** Reads every gauge that is not kept up to date by whoever it is about. One that gives no answer has no sample. */
export function createReadings({ database, queues = [] }: ReadingDeps): () => Promise<Reading[]> {
	const laneFigures = createLaneFigures(database.asService);
	return async () => {
		const [queue, lanes, up] = await Promise.all([
			queueSamples(queues),
			inTime(laneFigures()),
			inTime(database.ping().then(() => true)),
		]);
		const queueUp = queues.length === 0 ? [] : answering("queue", queue);
		return [
			...processReadings(),
			{ name: "sheaf_queue_jobs", samples: queue ?? [] },
			{ name: "sheaf_dependency_up", samples: [...answering("postgres", up), ...queueUp] },
			{ name: "sheaf_due_lanes", samples: lanes === null ? [] : one(lanes.due) },
			{ name: "sheaf_stuck_lanes", samples: lanes === null ? [] : one(lanes.stuck) },
		];
	};
}

function processReadings(): Reading[] {
	const startedAt = Math.round(Date.now() / 1_000 - process.uptime());
	return [
		{ name: "process_start_time_seconds", samples: one(startedAt) },
		{ name: "process_resident_memory_bytes", samples: one(process.memoryUsage.rss()) },
	];
}

async function queueSamples(queues: readonly Queue[]): Promise<Reading["samples"] | null> {
	const asked = queues.map(async (queue) => {
		const counts = await queue.getJobCounts("waiting", "active", "delayed", "failed");
		return Object.entries(counts).map(([state, value]) => ({ labels: { queue: queue.name, state }, value }));
	});
	return (await inTime(Promise.all(asked)))?.flat() ?? null;
}

function answering(dependency: string, answer: unknown): Reading["samples"] {
	return [{ labels: { dependency }, value: answer === null ? 0 : 1 }];
}

/** Null when there is no answer, or none in time. */
async function inTime<Value>(asked: Promise<Value>): Promise<Value | null> {
	return await Promise.race([asked.catch(() => null), delay(patienceMs, null, { ref: false })]);
}

function one(value: number): Reading["samples"] {
	return [{ labels: {}, value }];
}
