import { setTimeout as delay } from "node:timers/promises";
import type { Queue, Worker } from "bullmq";
import { type SweepDeps as BlobSweepDeps, startBlobSweep } from "../blobs/sweep-blobs.ts";
import { startBulkSweep } from "../bulk/sweep-bulk.ts";
import { startCare } from "../connections/care.ts";
import { startEventSweep } from "../events/sweep-events.ts";
import { createSweep } from "../live/compact-changes.ts";
import { startSelectionSweep } from "../sources/sweep-selections.ts";
import type { EngineDeps } from "../sync/engine-deps.ts";
import { startSweep } from "../sync/sweep.ts";
import { startNoticing } from "../watches/start-noticing.ts";
import { runDeliverEvents } from "./deliver-events/run.ts";
import { runDeliverLane } from "./deliver-lane/run.ts";
import { keepSchedule } from "./keep-schedule.ts";
import type { QueueStore } from "./queue.ts";
import { createRing, type Ring } from "./ring.ts";
import { runRunBulk } from "./run-bulk/run.ts";
import { runRunSelection } from "./run-selection/run.ts";
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
/** Runs of selections carried on at the same time by one process: most of that time they wait for their source. */
const selectionsAtOnce = 4;
const stopPatienceMs = 8_000;

export type JobDeps = Omit<EngineDeps, "ring"> & {
	noticesUrl?: string | null;
	/** Left out, and nothing is tidied up there. */
	blobs?: Omit<BlobSweepDeps, "database" | "ring" | "log">;
};

/** Every job of Sheaf, with its queue, its worker and what rings for it. */
export function openJobs(store: QueueStore, deps: JobDeps): Jobs {
	const lanes = store.openQueue("deliver-lane");
	const ring = createRing(lanes, deps.log);
	const engine: EngineDeps = { ...deps, ring };
	const hooks = store.openQueue("deliver-events");
	const ringHook = createRing(hooks, deps.log);
	const runs = store.openQueue("start-runs");
	const bulks = store.openQueue("run-bulk");
	const ringBulk = createRing(bulks, deps.log);
	const selections = store.openQueue("run-selection");
	const ringSelection = createRing(selections, deps.log);
	return {
		ring,
		queues: [lanes, hooks, runs, bulks, selections],
		work: () => {
			const stopping = new AbortController();
			const { signal } = stopping;
			const sweepChanges = createSweep(deps.database.asTenant);
			const run = ({ data }: { data: unknown }) => runDeliverLane({ ...engine, sweepChanges }, data, signal);
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
			const pick = ({ data }: { data: unknown }) => runRunSelection(engine, data, signal);
			const picking = store.openWorker({ name: "run-selection", concurrency: selectionsAtOnce, run: pick });
			const scheduling = keepSchedule(runs, { log: deps.log, signal });
			const loops = startLoops(
				{ ...engine, blobs: deps.blobs, noticesUrl: deps.noticesUrl ?? null, ringHook, ringBulk, ringSelection },
				signal,
			);
			return async () => {
				stopping.abort();
				const workers = [worker, telling, starting, bulk, picking].map(closeSoon);
				await Promise.all([...workers, ...loops, scheduling]);
			};
		},
		close: async () => {
			await Promise.all([lanes.close(), hooks.close(), runs.close(), bulks.close(), selections.close()]);
		},
	};
}

type LoopDeps = EngineDeps & {
	blobs: JobDeps["blobs"];
	noticesUrl: string | null;
	ringHook: Ring;
	ringBulk: Ring;
	ringSelection: Ring;
};

/** What a worker does besides its jobs: it looks in the tables for what is due, so that nothing is forgotten with the queue. */
function startLoops(deps: LoopDeps, signal: AbortSignal): Promise<void>[] {
	const { database, log, ringHook, ringBulk, ringSelection } = deps;
	const ringDue = ({ workspaceId, hookId }: { workspaceId: string; hookId: string }) =>
		ringHook({ workspaceId, lane: hookId });
	return [
		startSweep(deps, signal),
		startCare(deps, signal),
		startNoticing(deps, signal),
		startEventSweep({ database, ring: ringDue, log }, signal),
		startBulkSweep({ database, ring: ringBulk, log }, signal),
		startSelectionSweep({ database, ring: ringSelection, log }, signal),
		...(deps.blobs === undefined ? [] : [startBlobSweep({ ...deps.blobs, database, ring: deps.ring, log }, signal)]),
	];
}

/** Lanes give their rows back when aborted. One that does not is cut off: its leases run out and another worker goes on. */
async function closeSoon(worker: Worker): Promise<void> {
	const closed = worker.close().then(() => true);
	if (!(await Promise.race([closed, delay(stopPatienceMs, false, { ref: false })]))) await worker.close(true);
}
