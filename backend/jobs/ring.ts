import { setTimeout as delay } from "node:timers/promises";
import type { Queue } from "bullmq";
import type { Logger } from "pino";

/** Rings for a lane that has due deliveries. Never rejects and never waits long: a lost ring costs delay, no record. */
export type Ring = (lane: { workspaceId: string; lane: string }) => Promise<void>;

const patienceMs = 2_000;

/**
 * Rings of one lane fold into one waiting job; one that comes while the lane's job runs makes it run once more afterwards
 * (`keepLastIfActive`), because what it announces may have been committed after that job last looked.
 */
export function createRing(queue: Queue, log: Pick<Logger, "warn">): Ring {
	return async ({ workspaceId, lane }) => {
		const id = `${workspaceId}/${lane}`;
		const deduplication = { id, keepLastIfActive: true };
		const added = queue.add("ring", { workspaceId, lane }, { deduplication }).then(() => true);
		const late = delay(patienceMs, false, { ref: false });
		try {
			if (!(await Promise.race([added, late]))) log.warn("the queue is slow: the sweep will ring instead");
		} catch (error) {
			log.warn({ err: error }, "the queue did not take a ring: the sweep will ring instead");
		}
		// When it fails after we stopped waiting, nobody else listens.
		added.catch(() => undefined);
	};
}
