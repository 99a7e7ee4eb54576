import { type Static, Type } from "@sinclair/typebox";
import { Uuid } from "../../contract/ids.ts";

/** Ids only: job data is stored in clear text, and what is due is read from the tables when the job runs. */
export const DeliverEventsPayload = Type.Object({
	workspaceId: Uuid,
	/** The hook's id: each hook is a lane of its own. */
	lane: Uuid,
});
export type DeliverEventsPayload = Static<typeof DeliverEventsPayload>;
