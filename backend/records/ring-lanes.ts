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

/**
 * Rings when what was accepted now becomes due, so that it does not wait for the sweep's next round. Only of this process: a ring that
 * dies with it is the sweep's.
 */
export function ringLanesLater(
	doorbell: Doorbell,
	{ workspaceId, lanes, afterMs }: { workspaceId: string; lanes: ReadonlySet<string>; afterMs: number },
): void {
	if (lanes.size === 0) return;
	setTimeout(() => ringLanes(doorbell, workspaceId, lanes), afterMs).unref();
}
