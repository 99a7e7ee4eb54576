import { type Static, Type } from "@sinclair/typebox";
import { ErrorDetail } from "./errors.ts";
import { Uuid, UuidV7 } from "./ids.ts";
import { RecordPut } from "./records.ts";

/** OUT-2: a batch holds at most this many operations and this many bytes of JSON. */
export const maxBatchOperations = 500;
export const maxBatchBytes = 1_048_576;
/** What one record's JSON (without white space, UTF-8) may weigh. */
export const maxRecordBytes = 262_144;

/** Puts a record; the same id with a higher version replaces the lower one. `targetId` null: it waits for a target. */
export const RecordPutOperation = Type.Object({
	id: UuidV7,
	kind: Type.Literal("record.put"),
	targetId: Type.Union([Uuid, Type.Null()]),
	record: RecordPut,
});
export type RecordPutOperation = Static<typeof RecordPutOperation>;

/** Removes a record from Sheaf and from what waits. The row in the destination, if there is one, stays. */
export const RecordDeleteOperation = Type.Object({
	id: UuidV7,
	kind: Type.Literal("record.delete"),
	recordId: Uuid,
	/** The version that is removed: a newer one stays (I4). Without it whatever is stored goes. */
	version: Type.Optional(RecordPut.properties.version),
});
export type RecordDeleteOperation = Static<typeof RecordDeleteOperation>;

/**
 * Takes a record back: what was not sent is not sent, a row it made is removed, a row that was there before gets back its cells.
 * `rejected` with `records/not-undoable` when that is not possible any more. The record is gone once it is done.
 */
export const RecordUndoOperation = Type.Object({
	id: UuidV7,
	kind: Type.Literal("record.undo"),
	recordId: Uuid,
	/** The version that is undone: a newer one stays (I4). Without it whatever is stored. */
	version: Type.Optional(RecordPut.properties.version),
});
export type RecordUndoOperation = Static<typeof RecordUndoOperation>;

export const Operation = Type.Union([RecordPutOperation, RecordDeleteOperation, RecordUndoOperation]);
export type Operation = Static<typeof Operation>;

/**
 * The envelope only: each operation is checked by itself (against `Operation`), so that one bad operation is answered
 * `rejected` and does not sink the others (OUT-3).
 */
export const WritesBatchRequest = Type.Object({
	// Not `maxItems`: more than that is answered `writes/too-many-operations`, which a client can act on.
	operations: Type.Array(Type.Unknown(), {
		minItems: 1,
		description: `A list of 1 to ${maxBatchOperations} operations, 1 MiB in all.`,
	}),
});
export type WritesBatchRequest = { operations: Operation[] };

export const OperationResult = Type.Object({
	/** The operation's id as it was sent; empty when it had none that could be read. */
	id: Type.String(),
	status: Type.Union([Type.Literal("stored"), Type.Literal("duplicate"), Type.Literal("rejected")]),
	error: Type.Optional(ErrorDetail),
});
export type OperationResult = Static<typeof OperationResult>;

/** One result per operation, in the order sent. */
export const WritesBatchResponse = Type.Object({ results: Type.Array(OperationResult) });
export type WritesBatchResponse = Static<typeof WritesBatchResponse>;
