import { Value } from "@sinclair/typebox/value";
import { deliverEvents, type EventDeps } from "../../events/deliver-events.ts";
import type { Ring } from "../ring.ts";
import { DeliverEventsPayload } from "./payload.ts";

/**
 * Delivers the events that are due to one hook, and rings again when it stopped with more to do.
 *
 * @param data the job's data, which was stored by some version of this program: checked like any input
 * @throws when the data is none of ours, or the database is away: the job fails, claims run out, and the sweep rings
 */
export async function runDeliverEvents(
	deps: EventDeps & { ring: Ring },
	data: unknown,
	signal: AbortSignal,
): Promise<void> {
	if (!Value.Check(DeliverEventsPayload, data)) throw new Error("A job of deliver-events carries something else.");
	const { workspaceId, lane } = data;
	const { more } = await deliverEvents(deps, { workspaceId, hookId: lane }, signal);
	if (more) await deps.ring(data);
}
