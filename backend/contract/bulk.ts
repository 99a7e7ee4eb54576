import { type Static, Type } from "@sinclair/typebox";
import { RecordProblem } from "./errors.ts";
import { Instant, Uuid } from "./ids.ts";
import { RecordKind, RecordStatus } from "./records.ts";

/**
 * What can be done with many records at once (SYNC-9). `retry`: what failed goes out again. `resync`: everything goes out again. `remap`: keys
 * and rows are made anew by the target's present mapping. `move`: to another target. `delete`: the records go.
 */
export const BulkKind = Type.Union([
	Type.Literal("retry"),
	Type.Literal("resync"),
	Type.Literal("remap"),
	Type.Literal("move"),
	Type.Literal("delete"),
]);
export type BulkKind = Static<typeof BulkKind>;

/** All that is said has to hold; what is left out does not narrow. */
export const BulkFilter = Type.Object(
	{
		targetId: Type.Optional(Uuid),
		status: Type.Optional(RecordStatus),
		kind: Type.Optional(RecordKind),
		/** From this instant on, and before that one. */
		capturedFrom: Type.Optional(Instant),
		capturedTo: Type.Optional(Instant),
	},
	{ additionalProperties: false },
);
export type BulkFilter = Static<typeof BulkFilter>;

/** Records by their ids, or all that a filter matches at the moment of starting. */
export const BulkSelection = Type.Union([
	Type.Object({ ids: Type.Array(Uuid, { minItems: 1, maxItems: 1_000 }) }, { additionalProperties: false }),
	Type.Object({ filter: BulkFilter }, { additionalProperties: false }),
]);
export type BulkSelection = Static<typeof BulkSelection>;

const request = {
	kind: BulkKind,
	selection: BulkSelection,
	/** With `move`: where to. */
	toTargetId: Type.Optional(Uuid),
	/** With `move` and `delete`: the rows at the destination are deleted too. */
	remoteRows: Type.Optional(Type.Boolean()),
};

/** `POST /api/v1/bulk/preview`. */
export const BulkPreviewRequest = Type.Object(request);
export type BulkPreviewRequest = Static<typeof BulkPreviewRequest>;

/** `POST /api/v1/bulk`. With `expected`, nothing is begun when another number of records matches by now: the person agreed to that one. */
export const BulkStart = Type.Object({ ...request, expected: Type.Optional(Type.Integer({ minimum: 1 })) });
export type BulkStart = Static<typeof BulkStart>;

/** What it would touch right now. */
export const BulkPreview = Type.Object({
	total: Type.Integer(),
	/** How many of them have a row at a destination. */
	withRows: Type.Integer(),
	/** Destinations (titles) among them that Sheaf can delete no rows at. */
	rowsStayAt: Type.Array(Type.String()),
});
export type BulkPreview = Static<typeof BulkPreview>;

/** What has become of its records by now, counted from their deliveries. What was deleted is in none of them. */
export const BulkOutcome = Type.Object({
	delivered: Type.Integer(),
	waiting: Type.Integer(),
	needsYou: Type.Integer(),
});
export type BulkOutcome = Static<typeof BulkOutcome>;

const view = {
	id: Uuid,
	kind: BulkKind,
	status: Type.Union([Type.Literal("running"), Type.Literal("stopped"), Type.Literal("done")]),
	/** The targets whose records it touches. */
	targetIds: Type.Array(Uuid),
	toTargetId: Type.Union([Uuid, Type.Null()]),
	remoteRows: Type.Boolean(),
	total: Type.Integer(),
	/** Handed over to be sent, or done with. `done` and `failed` make `total` once it is done. */
	done: Type.Integer(),
	/** Nothing could be done with these; the operation by itself says why for each. */
	failed: Type.Integer(),
	outcome: BulkOutcome,
	createdAt: Instant,
	finishedAt: Type.Union([Instant, Type.Null()]),
};

export const BulkView = Type.Object(view);
export type BulkView = Static<typeof BulkView>;

/** The newest first, at most twenty: an older one is forgotten when another begins. */
export const BulkList = Type.Object({ operations: Type.Array(BulkView) });
export type BulkList = Static<typeof BulkList>;

export const BulkFailure = Type.Object({
	recordId: Uuid,
	/** Empty for a record that is gone. */
	title: Type.String(),
	problem: RecordProblem,
});
export type BulkFailure = Static<typeof BulkFailure>;

/** `GET /api/v1/bulk/{id}`: with its first hundred failures. */
export const BulkDetail = Type.Object({ ...view, failures: Type.Array(BulkFailure) });
export type BulkDetail = Static<typeof BulkDetail>;
