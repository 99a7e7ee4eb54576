import { type Static, Type } from "@sinclair/typebox";
import { RecordProblem } from "./errors.ts";
import { Instant, Uuid } from "./ids.ts";
import { ConnectionWay } from "./providers.ts";

/**
 * ACC-4. `expiring`: works, and cannot be renewed without the person; `expired`: that moment has passed; `revoked`: the provider
 * no longer accepts it; `schema_changed`: a target's table or column is not what it was; `failing`: the provider is away;
 * `paused`: it failed for long, Sheaf asks seldom; `disconnected`: the person took it away, targets and records are kept.
 */
export const ConnectionStatus = Type.Union([
	Type.Literal("healthy"),
	Type.Literal("expiring"),
	Type.Literal("expired"),
	Type.Literal("revoked"),
	Type.Literal("rate_limited"),
	Type.Literal("schema_changed"),
	Type.Literal("failing"),
	Type.Literal("paused"),
	Type.Literal("disconnected"),
]);
export type ConnectionStatus = Static<typeof ConnectionStatus>;

/** `POST /api/v1/connections`. The credential is checked at the provider before anything is stored. */
export const ConnectionCreate = Type.Object({
	provider: Type.String({ maxLength: 40 }),
	name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
	credential: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 4_096 }))),
});
export type ConnectionCreate = Static<typeof ConnectionCreate>;

/**
 * `POST /api/v1/connections/authorize`: begins connecting by the provider's own window. `redirectUri` is one of the client's
 * registered ones; the window ends there with `flow` (to be finished) or `error` (a code of ours).
 */
export const ConnectionAuthorize = Type.Object({
	provider: Type.String({ maxLength: 40 }),
	redirectUri: Type.String({ maxLength: 2_000 }),
	name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
	/** Reconnect this one: the same account has to come back. */
	connectionId: Type.Optional(Uuid),
});
export type ConnectionAuthorize = Static<typeof ConnectionAuthorize>;

/** Where the window is opened. Good for ten minutes and one use. */
export const ConnectionAuthorization = Type.Object({ url: Type.String() });
export type ConnectionAuthorization = Static<typeof ConnectionAuthorization>;

/** `POST /api/v1/connections/authorize/finish`, by the session that began it. Answers the connection. */
export const ConnectionFinish = Type.Object({ flow: Type.String({ maxLength: 200 }) });
export type ConnectionFinish = Static<typeof ConnectionFinish>;

/** `PATCH /api/v1/connections/{id}`: rename, or give a new credential (reconnect; targets and queue are kept). */
export const ConnectionPatch = Type.Object({
	name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
	credential: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 4_096 }))),
});
export type ConnectionPatch = Static<typeof ConnectionPatch>;

/** One of the accounts that a login reaches. `detail` tells two of one name apart, for example region and country; it may be empty. */
export const Profile = Type.Object({ id: Type.String(), name: Type.String(), detail: Type.String() });
export type Profile = Static<typeof Profile>;

/** `GET /api/v1/connections/{id}/profiles`, as the provider has them now. `chosen` may be one that is not among them any more. */
export const ProfileList = Type.Object({
	profiles: Type.Array(Profile),
	chosen: Type.Union([Type.String(), Type.Null()]),
});
export type ProfileList = Static<typeof ProfileList>;

/** `PUT /api/v1/connections/{id}/profile`. Answers the connection. */
export const ProfileChoice = Type.Object({ profileId: Type.String({ minLength: 1, maxLength: 200 }) });
export type ProfileChoice = Static<typeof ProfileChoice>;

/** A connection as anyone in the workspace may see it: never with its credential. */
export const ConnectionView = Type.Object({
	id: Uuid,
	provider: Type.String(),
	providerTitle: Type.String(),
	name: Type.String(),
	/** Who the provider says this is, for example an e-mail address or a user id. */
	account: Type.String(),
	scopes: Type.Array(Type.String()),
	/** How it was connected, and so how it is reconnected. */
	way: ConnectionWay,
	/** What its form asked that is no secret, for example a server's address. */
	settings: Type.Record(Type.String(), Type.String()),
	/** Which of the login's accounts it works with, as it was described when it was chosen; null: none is chosen. */
	profile: Type.Union([Profile, Type.Null()]),
	/** Who connected it; null when they are a member no more. */
	connectedBy: Type.Union([Type.Object({ userId: Uuid, name: Type.String() }), Type.Null()]),
	status: ConnectionStatus,
	problem: Type.Union([RecordProblem, Type.Null()]),
	lastCheckedAt: Type.Union([Instant, Type.Null()]),
	lastSuccessAt: Type.Union([Instant, Type.Null()]),
	/** When Sheaf asks the provider again by itself; null while it works or nothing is to be asked. */
	nextAttemptAt: Type.Union([Instant, Type.Null()]),
	/** When the access ends unless the person renews it; null: it is renewed by itself, or has no end. */
	expiresAt: Type.Union([Instant, Type.Null()]),
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
	/** The table that a `link` column's rows are in, where the provider tells it. */
	linkedTableId: Type.Optional(Type.String()),
	/** The provider takes no row without it; left out where it does, or does not say. */
	required: Type.Optional(Type.Literal(true)),
});
export type TableField = Static<typeof TableField>;

export const Table = Type.Object({
	id: Type.String(),
	name: Type.String(),
	/** The base, workspace or file the table lives in. */
	container: Type.Object({ id: Type.String(), name: Type.String() }),
	fields: Type.Array(TableField),
	/** A column is there as soon as a mapping names it: what is sent are messages, whose fields nobody has to create. */
	takesAnyColumn: Type.Optional(Type.Literal(true)),
});
export type Table = Static<typeof Table>;

export const TableList = Type.Array(Table);

/** `GET /api/v1/connections/{id}/rows`: rows of a table whose title has a text, as a linked-record input offers them. */
export const RowQuery = Type.Object({
	tableId: Type.String({ minLength: 1, maxLength: 200 }),
	containerId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	/** Whatever its case; without one the first rows. */
	text: Type.Optional(Type.String({ maxLength: 200 })),
});
export type RowQuery = Static<typeof RowQuery>;

/** At most 50. */
export const RowList = Type.Object({ rows: Type.Array(Type.Object({ id: Type.String(), label: Type.String() })) });
export type RowList = Static<typeof RowList>;
