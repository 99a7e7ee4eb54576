import type { Queue } from "bullmq";
import type { Logger } from "pino";

/** Where a job can be that nobody works on. What runs this moment ends by itself: it finds nothing to do. */
const restingStates = ["wait", "delayed", "prioritized", "waiting-children", "completed", "failed"] as const;
const pageSize = 500;

/** What every job's payload says of whom it is for. */
export type JobScope = { workspaceId?: unknown; lane?: unknown };

/**
 * Takes jobs out of the queues, done ones too, because they name the lane they were for. Nothing depends on it: a job of a lane that
 * is gone finds nothing to do. So a queue that is away is told of and not waited for.
 *
 * @returns how many were removed
 */
export async function forgetJobs(
	{ queues, log }: { queues: readonly Queue[]; log: Pick<Logger, "warn"> },
	isGone: (scope: JobScope) => boolean,
): Promise<number> {
	let removed = 0;
	for (const queue of queues) {
		try {
			for (const id of await findJobs(queue, isGone)) removed += await queue.remove(id);
		} catch (error) {
			log.warn({ err: error }, "the queue kept jobs of what is gone: they will find nothing to do");
		}
	}
	return removed;
}

/** All ids first: a page would shift under the next one if jobs were removed in between. */
async function findJobs(queue: Queue, isGone: (scope: JobScope) => boolean): Promise<string[]> {
	const ids: string[] = [];
	for (let start = 0; ; start += pageSize) {
		const jobs = await queue.getJobs([...restingStates], start, start + pageSize - 1);
		if (jobs.length === 0) return ids;
		for (const job of jobs) if (job?.id !== undefined && isGone(job.data as JobScope)) ids.push(job.id);
	}
}
