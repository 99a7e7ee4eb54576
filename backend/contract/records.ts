import { type Static, Type } from "@sinclair/typebox";
import { RecordProblem } from "./errors.ts";
import { Fields } from "./fields.ts";
import { Instant, Uuid } from "./ids.ts";
import { Provenance } from "./provenance.ts";

/** The kinds of SPEC's CAP-2; open to more, so the wire takes any short slug. */
export const RecordKind = Type.String({ pattern: "^[a-z][a-z0-9_]{0,39}$" });

export const RecordSource = Type.Object({
	url: Type.String({ maxLength: 8_192 }),
	title: Type.String({ maxLength: 2_000 }),
});
export type RecordSource = Static<typeof RecordSource>;

/** A record as the extension sends it. `version` starts at 1 and grows with every edit (promise I4). */
export const RecordPut = Type.Object({
	id: Uuid,
	kind: RecordKind,
	version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
	capturedAt: Instant,
	source: RecordSource,
	fields: Fields,
	provenance: Type.Optional(Provenance),
	/** One capture that goes to several targets is several records: what they share. */
	captureId: Type.Optional(Uuid),
});
export type RecordPut = Static<typeof RecordPut>;

/** The states a record has at the backend. The extension adds `local` and `sending` in front. */
export const RecordStatus = Type.Union([
	Type.Literal("stored"),
	Type.Literal("delivering"),
	Type.Literal("delivered"),
	Type.Literal("needs_you"),
]);
export type RecordStatus = Static<typeof RecordStatus>;

/**
 * What Undo would do now. `take_back`: nothing has been sent, the record goes. `remove`: its row is deleted at the destination.
 * `restore`: its row gets back the cells it had before. In all three the record goes with it.
 */
export const UndoKind = Type.Union([Type.Literal("take_back"), Type.Literal("remove"), Type.Literal("restore")]);
export type UndoKind = Static<typeof UndoKind>;

/** `at`: when it happened, or when it was noticed where the destination does not say. */
export const RecordRemote = Type.Object({
	state: Type.Union([Type.Literal("changed"), Type.Literal("gone")]),
	at: Instant,
});
export type RecordRemote = Static<typeof RecordRemote>;

/** What a delivered record lacks at its destination though nothing failed: `columns`, by their names, hold no files and stayed empty. */
export const RecordNote = Type.Object({
	code: Type.Literal("picture-left-out"),
	columns: Type.Array(Type.String(), { minItems: 1 }),
});
export type RecordNote = Static<typeof RecordNote>;

/** A record as the backend shows it. */
export const RecordView = Type.Object({
	id: Uuid,
	kind: RecordKind,
	version: Type.Integer(),
	targetId: Type.Union([Uuid, Type.Null()]),
	capturedAt: Instant,
	source: RecordSource,
	fields: Fields,
	/** Empty where nothing was said of it. */
	provenance: Provenance,
	status: RecordStatus,
	/** The newest version that reached the destination, or null. */
	deliveredVersion: Type.Union([Type.Integer(), Type.Null()]),
	/** The row in the destination, when the provider has a page for it. */
	remoteUrl: Type.Union([Type.String(), Type.Null()]),
	problem: Type.Union([RecordProblem, Type.Null()]),
	/** When the next attempt starts, while a delivery waits. */
	nextAttemptAt: Type.Union([Instant, Type.Null()]),
	/** The newer record with the same match key that took this one's place (OUT-5). */
	supersededBy: Type.Union([Uuid, Type.Null()]),
	captureId: Type.Union([Uuid, Type.Null()]),
	/** `waiting`: its target holds records for review, and nobody has approved this one yet. */
	review: Type.Union([Type.Literal("waiting"), Type.Null()]),
	/** Null when Undo cannot be offered (any more). */
	undo: Type.Union([Type.Object({ kind: UndoKind }), Type.Null()]),
	/** Its row is being removed or given back its old cells: the record goes once that is done. */
	undoing: Type.Boolean(),
	/** What somebody did to the row in the destination since it was delivered, as far as it was noticed (SYNC-6); a new delivery ends it. */
	remote: Type.Union([RecordRemote, Type.Null()]),
	/** Absent where it lacks nothing there; a server of before this says nothing of it. */
	note: Type.Optional(RecordNote),
	updatedAt: Instant,
});
export type RecordView = Static<typeof RecordView>;

/** `GET /api/v1/records`: newest change first; `cursor` is opaque. `ids` asks for up to 100 records by id. */
export const RecordQuery = Type.Object({
	targetId: Type.Optional(Uuid),
	status: Type.Optional(RecordStatus),
	/** Those that wait for approval. */
	review: Type.Optional(Type.Literal("waiting")),
	ids: Type.Optional(Type.String({ maxLength: 3_700, description: "Up to 100 record ids, separated by commas." })),
	cursor: Type.Optional(Type.String({ maxLength: 200 })),
	// A number and not an integer: Elysia reads digits in a query as numbers only where the schema says `number`.
	limit: Type.Optional(Type.Number({ minimum: 1, maximum: 200, multipleOf: 1, default: 50 })),
});
export type RecordQuery = Static<typeof RecordQuery>;

export const RecordPage = Type.Object({
	records: Type.Array(RecordView),
	nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type RecordPage = Static<typeof RecordPage>;

/** `POST /api/v1/records/approve`: lets records go out that wait for review; named ones, or all of a target. */
export const RecordApproval = Type.Union([
	Type.Object({ ids: Type.Array(Uuid, { minItems: 1, maxItems: 500 }) }),
	Type.Object({ targetId: Uuid }),
]);
export type RecordApproval = Static<typeof RecordApproval>;

/** How many were waiting and go out now. */
export const RecordsApproved = Type.Object({ approved: Type.Integer() });
export type RecordsApproved = Static<typeof RecordsApproved>;
