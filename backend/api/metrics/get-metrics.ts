import { setTimeout as delay } from "node:timers/promises";
import type { Queue } from "bullmq";
import { Elysia } from "elysia";
import { type Gauge, metricsContentType } from "../../telemetry/metrics.ts";
import type { RouteDeps } from "../app-deps.ts";

const queuePatienceMs = 1_000;

/** What this process has answered and what waits in the queue, for Prometheus (OBS-2). Counts only, over all tenants. */
export function getMetrics({ metrics, queues = [] }: RouteDeps) {
	return new Elysia().get(
		"/metrics",
		async ({ set }) => {
			set.headers["content-type"] = metricsContentType;
			return metrics.text([...processGauges(), await queueGauge(queues)]);
		},
		{ detail: { tags: ["health"], summary: "Counters in Prometheus' text format" } },
	);
}

function processGauges(): Gauge[] {
	const startedAt = Math.round(Date.now() / 1_000 - process.uptime());
	const one = (value: number) => [{ labels: "", value }];
	return [
		{
			name: "process_start_time_seconds",
			help: "Start of the process, in seconds since the epoch.",
			samples: one(startedAt),
		},
		{
			name: "process_resident_memory_bytes",
			help: "Resident memory in bytes.",
			samples: one(process.memoryUsage.rss()),
		},
	];
}

/** Without samples where the queue's store does not answer: the other figures are wanted then most of all. */
async function queueGauge(queues: readonly Queue[]): Promise<Gauge> {
	const asked = queues.map(async (queue) => {
		const counts = await queue.getJobCounts("waiting", "active", "delayed", "failed");
		return Object.entries(counts).map(([state, value]) => ({
			labels: `queue="${queue.name}",state="${state}"`,
			value,
		}));
	});
	const answered = Promise.all(asked).catch(() => []);
	const samples = await Promise.race([answered, delay(queuePatienceMs, [], { ref: false })]);
	return { name: "sheaf_queue_jobs", help: "Jobs in the queue, by state.", samples: samples.flat() };
}
