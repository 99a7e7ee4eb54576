import { Value } from "@sinclair/typebox/value";
import { deliverLane } from "../../sync/deliver-lane.ts";
import type { EngineDeps } from "../../sync/engine-deps.ts";
import { DeliverLanePayload } from "./payload.ts";

/** `sweepChanges`: cheap when it was done lately (`live/compact-changes.ts`). */
type LaneDeps = EngineDeps & { sweepChanges: (workspaceId: string) => Promise<void> };

/**
 * Delivers what is due in one lane, and rings again when it stopped with more to do.
 *
 * @param data the job's data, which was stored by some version of this program: checked like any input
 * @throws when the data is none of ours, or the database is away: the job fails, leases run out, and the sweep rings
 */
export async function runDeliverLane(deps: LaneDeps, data: unknown, signal: AbortSignal): Promise<void> {
	if (!Value.Check(DeliverLanePayload, data)) throw new Error("A job of deliver-lane carries something else.");
	const { more } = await deliverLane(deps, data, signal);
	if (more) await deps.ring(data);
	else await deps.sweepChanges(data.workspaceId);
}
