import type { Queue } from "bullmq";
import type { Logger } from "pino";
import { wait } from "../sync/wait.ts";

export type ScheduleTimes = {
	/** How often the runs that are due are looked for, so how late a run may be. */
	wakeEveryMs: number;
	/** How often the scheduler is put back, for a queue store that was emptied. */
	keepEveryMs: number;
};

const usualTimes: ScheduleTimes = { wakeEveryMs: 5_000, keepEveryMs: 20_000 };

/**
 * Keeps one scheduler of the queue that wakes one worker, whichever, to start what is due. One for all targets and not one each: what
 * is due stands in the table, so that nothing has to be reconciled when a target changes, and emptying the queue's store costs
 * the time until the scheduler is put back. Resolves once the signal is aborted.
 */
export async function keepSchedule(
	queue: Queue,
	{ log, signal, times = usualTimes }: { log: Pick<Logger, "warn">; signal: AbortSignal; times?: ScheduleTimes },
): Promise<void> {
	while (!signal.aborted) {
		try {
			await queue.upsertJobScheduler("start-runs", { every: times.wakeEveryMs }, { name: "wake", data: {} });
		} catch (error) {
			log.warn({ err: error }, "the queue did not take the schedule; it is put there again");
		}
		await wait(times.keepEveryMs, signal);
	}
}
