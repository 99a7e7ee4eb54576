import { type Static, Type } from "@sinclair/typebox";
import { Uuid } from "../../contract/ids.ts";

/** Ids only: job data is stored in clear text, and what is due is read from the tables when the job runs. */
export const DeliverLanePayload = Type.Object({
	workspaceId: Uuid,
	/** `<connection id>/<container id>`, see `targets/lane.ts`. */
	lane: Type.String({ minLength: 38, maxLength: 300 }),
});
export type DeliverLanePayload = Static<typeof DeliverLanePayload>;
