import { type Static, Type } from "@sinclair/typebox";
import { RecordProblem } from "./errors.ts";
import { Instant, Uuid } from "./ids.ts";

/** ACC-4, as far as a pasted token can tell. */
export const ConnectionStatus = Type.Union([
	Type.Literal("healthy"),
	Type.Literal("revoked"),
	Type.Literal("failing"),
	Type.Literal("rate_limited"),
]);
export type ConnectionStatus = Static<typeof ConnectionStatus>;

/** `POST /api/v1/connections`. The credential is checked at the provider before anything is stored. */
export const ConnectionCreate = Type.Object({
	provider: Type.String({ maxLength: 40 }),
	name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
	credential: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 4_096 }))),
});
export type ConnectionCreate = Static<typeof ConnectionCreate>;

/** `PATCH /api/v1/connections/{id}`: rename, or give a new credential (reconnect; targets and queue are kept). */
export const ConnectionPatch = Type.Object({
	name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
	credential: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 4_096 }))),
});
export type ConnectionPatch = Static<typeof ConnectionPatch>;

/** A connection as anyone in the workspace may see it: never with its credential. */
export const ConnectionView = Type.Object({
	id: Uuid,
	provider: Type.String(),
	providerTitle: Type.String(),
	name: Type.String(),
	/** Who the provider says this is, for example an e-mail address or a user id. */
	account: Type.String(),
	scopes: Type.Array(Type.String()),
	status: ConnectionStatus,
	problem: Type.Union([RecordProblem, Type.Null()]),
	lastCheckedAt: Type.Union([Instant, Type.Null()]),
	lastSuccessAt: Type.Union([Instant, Type.Null()]),
	/** Records of this connection's targets that wait or need the person. */
	waiting: Type.Integer(),
	createdAt: Instant,
});
export type ConnectionView = Static<typeof ConnectionView>;

export const ConnectionList = Type.Object({ connections: Type.Array(ConnectionView) });
export type ConnectionList = Static<typeof ConnectionList>;

/** A destination's column. `type` is Sheaf's word for it; `providerType` the provider's own. */
export const TableField = Type.Object({
	id: Type.String(),
	name: Type.String(),
	type: Type.Union([
		Type.Literal("text"),
		Type.Literal("long_text"),
		Type.Literal("rich_text"),
		Type.Literal("url"),
		Type.Literal("email"),
		Type.Literal("phone"),
		Type.Literal("number"),
		Type.Literal("currency"),
		Type.Literal("percent"),
		Type.Literal("rating"),
		Type.Literal("duration"),
		Type.Literal("boolean"),
		Type.Literal("date"),
		Type.Literal("datetime"),
		Type.Literal("select"),
		Type.Literal("multi_select"),
		Type.Literal("attachment"),
		Type.Literal("link"),
		Type.Literal("unsupported"),
	]),
	providerType: Type.String(),
	writable: Type.Boolean(),
	/** Whether the provider can match rows on this column. */
	matchable: Type.Boolean(),
	options: Type.Optional(Type.Array(Type.String())),
	/** The highest value a rating takes. */
	max: Type.Optional(Type.Integer()),
});
export type TableField = Static<typeof TableField>;

export const Table = Type.Object({
	id: Type.String(),
	name: Type.String(),
	/** The base, workspace or file the table lives in. */
	container: Type.Object({ id: Type.String(), name: Type.String() }),
	fields: Type.Array(TableField),
});
export type Table = Static<typeof Table>;

export const TableList = Type.Array(Table);
