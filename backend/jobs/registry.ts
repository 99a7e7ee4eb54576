import { setTimeout as delay } from "node:timers/promises";
import type { Queue, Worker } from "bullmq";
import { startBulkSweep } from "../bulk/sweep-bulk.ts";
import { startCare } from "../connections/care.ts";
import { startEventSweep } from "../events/sweep-events.ts";
import type { EngineDeps } from "../sync/engine-deps.ts";
import { startSweep } from "../sync/sweep.ts";
import { startNoticing } from "../watches/start-noticing.ts";
import { runDeliverEvents } from "./deliver-events/run.ts";
import { runDeliverLane } from "./deliver-lane/run.ts";
import { keepSchedule } from "./keep-schedule.ts";
import type { QueueStore } from "./queue.ts";
import { createRing, type Ring } from "./ring.ts";
import { runRunBulk } from "./run-bulk/run.ts";
import { runStartRuns } from "./start-runs/run.ts";

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
/** Hooks told of events at the same time by one process; a receiver that does not answer holds one of them. */
const hooksAtOnce = 10;
/** Bulk operations carried on at the same time by one process: they are database work, and deliveries go before them. */
const bulksAtOnce = 2;
const stopPatienceMs = 8_000;

/** Every job of Sheaf, with its queue, its worker and what rings for it. */
export function openJobs(store: QueueStore, deps: Omit<EngineDeps, "ring"> & { noticesUrl?: string | null }): Jobs {
	const lanes = store.openQueue("deliver-lane");
	const ring = createRing(lanes, deps.log);
	const engine: EngineDeps = { ...deps, ring };
	const hooks = store.openQueue("deliver-events");
	const ringHook = createRing(hooks, deps.log);
	const runs = store.openQueue("start-runs");
	const bulks = store.openQueue("run-bulk");
	const ringBulk = createRing(bulks, deps.log);
	return {
		ring,
		queues: [lanes, hooks, runs, bulks],
		work: () => {
			const stopping = new AbortController();
			const { signal } = stopping;
			const run = ({ data }: { data: unknown }) => runDeliverLane(engine, data, signal);
			const worker = store.openWorker({ name: "deliver-lane", concurrency: lanesAtOnce, run });
			const telling = store.openWorker({
				name: "deliver-events",
				concurrency: hooksAtOnce,
				run: ({ data }) => runDeliverEvents({ ...deps, ring: ringHook }, data, signal),
			});
			const starting = store.openWorker({
				name: "start-runs",
				concurrency: 1,
				run: ({ data }) => runStartRuns(engine, data),
			});
			const carryOn = ({ data }: { data: unknown }) => runRunBulk(engine, data, signal);
			const bulk = store.openWorker({ name: "run-bulk", concurrency: bulksAtOnce, run: carryOn });
			const scheduling = keepSchedule(runs, { log: deps.log, signal });
			const loops = startLoops({ ...engine, noticesUrl: deps.noticesUrl ?? null, ringHook, ringBulk }, signal);
			return async () => {
				stopping.abort();
				const workers = [worker, telling, starting, bulk].map(closeSoon);
				await Promise.all([...workers, ...loops, scheduling]);
			};
		},
		close: async () => {
			await Promise.all([lanes.close(), hooks.close(), runs.close(), bulks.close()]);
		},
	};
}

type LoopDeps = EngineDeps & { noticesUrl: string | null; ringHook: Ring; ringBulk: Ring };

/** What a worker does besides its jobs: it looks in the tables for what is due, so that nothing is forgotten with the queue. */
function startLoops(deps: LoopDeps, signal: AbortSignal): Promise<void>[] {
	const { database, log, ringHook, ringBulk } = deps;
	const ringDue = ({ workspaceId, hookId }: { workspaceId: string; hookId: string }) =>
		ringHook({ workspaceId, lane: hookId });
	return [
		startSweep(deps, signal),
		startCare(deps, signal),
		startNoticing(deps, signal),
		startEventSweep({ database, ring: ringDue, log }, signal),
		startBulkSweep({ database, ring: ringBulk, log }, signal),
	];
}

/** Lanes give their rows back when aborted. One that does not is cut off: its leases run out and another worker goes on. */
async function closeSoon(worker: Worker): Promise<void> {
	const closed = worker.close().then(() => true);
	if (!(await Promise.race([closed, delay(stopPatienceMs, false, { ref: false })]))) await worker.close(true);
}
