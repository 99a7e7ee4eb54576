import type { Logger } from "pino";

/** Tells the workers that a lane has something due. */
export type Doorbell = {
	ring: (lane: { workspaceId: string; lane: string }) => Promise<void>;
	log: Pick<Logger, "warn">;
};

/**
 * Rings and does not wait: the rows are committed, and a ring that is lost is repaired by the sweep within seconds (SYNC-1).
 * So a queue that is away never fails or slows a write.
 */
export function ringLanes({ ring, log }: Doorbell, workspaceId: string, lanes: Iterable<string>): void {
	for (const lane of lanes) {
		ring({ workspaceId, lane }).catch((error: unknown) => {
			log.warn({ workspaceId, lane, err: error }, "A lane could not be rung; the sweep will.");
		});
	}
}
