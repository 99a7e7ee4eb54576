import { type Static, Type } from "@sinclair/typebox";
import { Uuid } from "./ids.ts";

/** Whose value stays. */
export const ConflictChoice = Type.Union([Type.Literal("ours"), Type.Literal("theirs")]);
export type ConflictChoice = Static<typeof ConflictChoice>;

const ShownCell = Type.Union([Type.String(), Type.Null()]);

/** `GET /api/v1/records/{id}/conflict`: what a delivery that asks is about, with values as text for a preview of the merge. */
export const RecordConflict = Type.Union([
	/** It asks nothing right now. */
	Type.Object({ kind: Type.Literal("none") }),
	Type.Object({
		kind: Type.Literal("differs"),
		targetId: Uuid,
		remoteUrl: Type.Union([Type.String(), Type.Null()]),
		columns: Type.Array(
			Type.Object({
				columnId: Type.String(),
				name: Type.String(),
				theirs: ShownCell,
				ours: ShownCell,
				/** What the policies say by themselves; null where the person is asked. */
				result: Type.Union([ConflictChoice, Type.Null()]),
			}),
		),
	}),
	/** Several rows there have the record's match key. */
	Type.Object({
		kind: Type.Literal("ambiguous"),
		targetId: Uuid,
		candidates: Type.Array(
			Type.Object({
				remoteId: Type.String(),
				url: Type.Union([Type.String(), Type.Null()]),
				cells: Type.Array(Type.Object({ columnId: Type.String(), name: Type.String(), value: ShownCell })),
			}),
		),
	}),
]);
export type RecordConflict = Static<typeof RecordConflict>;

/**
 * `POST /api/v1/records/{id}/decision`: whose value stays, by column id or for `all` that were asked about; or which of several rows the
 * record is. Remembered until the value there changes again. Answers the record, which goes out anew.
 */
export const RecordDecision = Type.Object({
	targetId: Type.Optional(Uuid),
	columns: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), ConflictChoice, { maxProperties: 101 })),
	remoteId: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
});
export type RecordDecision = Static<typeof RecordDecision>;
