import { type Static, Type } from "@sinclair/typebox";
import { Fields } from "./fields.ts";
import { Uuid } from "./ids.ts";

/** Rows of one request: as many as a batch of operations holds. */
export const maxComparedRows = 500;

/** `POST /api/v1/targets/{id}/compare`: what sending these rows would do, before anything is sent. Writes nothing. */
export const TargetCompare = Type.Object({
	rows: Type.Array(Fields, { minItems: 1, maxItems: maxComparedRows }),
});
export type TargetCompare = Static<typeof TargetCompare>;

/**
 * `new`: nothing in the workspace has its match key, or somebody has deleted the row. `update`: the record that has it says something else
 * in a mapped column. `unchanged`: it says the same. `no_key`: a column of the match key is empty, so that nobody can tell.
 */
export const RowStanding = Type.Union([
	Type.Literal("new"),
	Type.Literal("update"),
	Type.Literal("unchanged"),
	Type.Literal("no_key"),
]);
export type RowStanding = Static<typeof RowStanding>;

/** In the order of the rows that were sent. `recordId`: the record that stands for the row now. */
export const TargetComparison = Type.Object({
	rows: Type.Array(Type.Object({ standing: RowStanding, recordId: Type.Union([Uuid, Type.Null()]) })),
});
export type TargetComparison = Static<typeof TargetComparison>;
