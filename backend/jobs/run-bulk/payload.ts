import { type Static, Type } from "@sinclair/typebox";
import { Uuid } from "../../contract/ids.ts";

/** Ids only: what is left to do stands in the tables. */
export const RunBulkPayload = Type.Object({
	workspaceId: Uuid,
	/** The operation's id: each operation is a lane of its own. */
	lane: Uuid,
});
export type RunBulkPayload = Static<typeof RunBulkPayload>;
