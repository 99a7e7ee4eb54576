import { setTimeout as delay } from "node:timers/promises";
import type { Queue, Worker } from "bullmq";
import type { EngineDeps } from "../sync/engine-deps.ts";
import { startSweep } from "../sync/sweep.ts";
import { runDeliverLane } from "./deliver-lane/run.ts";
import type { QueueStore } from "./queue.ts";
import { createRing, type Ring } from "./ring.ts";

export type Jobs = {
	ring: Ring;
	/** For the operators' dashboard. */
	queues: readonly Queue[];
	/** Starts the workers and the sweep of this process. Returns what stops them. */
	work(): () => Promise<void>;
	close(): Promise<void>;
};

/** Lanes delivered at the same time by one process. Most of that time they wait for their provider's pace. */
const lanesAtOnce = 20;
const stopPatienceMs = 8_000;

/** Every job of Sheaf, with its queue, its worker and what rings for it. */
export function openJobs(store: QueueStore, deps: Omit<EngineDeps, "ring">): Jobs {
	const lanes = store.openQueue("deliver-lane");
	const ring = createRing(lanes, deps.log);
	const engine: EngineDeps = { ...deps, ring };
	return {
		ring,
		queues: [lanes],
		work: () => {
			const stopping = new AbortController();
			const { signal } = stopping;
			const run = ({ data }: { data: unknown }) => runDeliverLane(engine, data, signal);
			const worker = store.openWorker({ name: "deliver-lane", concurrency: lanesAtOnce, run });
			const sweeping = startSweep(engine, signal);
			return async () => {
				stopping.abort();
				await Promise.all([closeSoon(worker), sweeping]);
			};
		},
		close: () => lanes.close(),
	};
}

/** Lanes give their rows back when aborted. One that does not is cut off: its leases run out and another worker goes on. */
async function closeSoon(worker: Worker): Promise<void> {
	const closed = worker.close().then(() => true);
	if (!(await Promise.race([closed, delay(stopPatienceMs, false, { ref: false })]))) await worker.close(true);
}
