import { type Static, Type } from "@sinclair/typebox";
import { Uuid } from "../../contract/ids.ts";

/** Ids only: what is left to do stands in the tables. */
export const RunSelectionPayload = Type.Object({
	workspaceId: Uuid,
	/** The run's id: each run is a lane of its own. */
	lane: Uuid,
});
export type RunSelectionPayload = Static<typeof RunSelectionPayload>;
