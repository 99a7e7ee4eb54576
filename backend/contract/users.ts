import { type Static, Type } from "@sinclair/typebox";
import { Instant, Uuid } from "./ids.ts";

export const Role = Type.Union([
	Type.Literal("owner"),
	Type.Literal("admin"),
	Type.Literal("member"),
	Type.Literal("viewer"),
]);
export type Role = Static<typeof Role>;

/** What a person may do, as the server's policy table says; the UI obeys it. */
export const Permission = Type.Union([
	Type.Literal("records:read"),
	Type.Literal("records:write"),
	Type.Literal("connections:read"),
	Type.Literal("connections:write"),
	Type.Literal("targets:read"),
	Type.Literal("targets:write"),
	Type.Literal("members:read"),
	Type.Literal("members:write"),
	/** Rename the workspace. */
	Type.Literal("workspace:write"),
	/** Transfer or delete the workspace, and make or unmake owners. */
	Type.Literal("workspace:own"),
]);
export type Permission = Static<typeof Permission>;

export const UserView = Type.Object({
	id: Uuid,
	/** Lower case; empty when the way in told none. */
	email: Type.String(),
	emailVerified: Type.Boolean(),
	firstName: Type.String(),
	lastName: Type.String(),
	timeZone: Type.String(),
	createdAt: Instant,
});
export type UserView = Static<typeof UserView>;

export const WorkspaceView = Type.Object({
	id: Uuid,
	name: Type.String(),
	personal: Type.Boolean(),
	/** The role of the person who asks. */
	role: Role,
	plan: Type.Union([Type.Literal("free"), Type.Literal("pro")]),
});
export type WorkspaceView = Static<typeof WorkspaceView>;

/** What a person may change of themselves; what is left out stays. */
export const UserPatch = Type.Object(
	{
		firstName: Type.Optional(Type.String({ maxLength: 100 })),
		lastName: Type.Optional(Type.String({ maxLength: 100 })),
		/** An IANA name, as `Intl` knows it: `Europe/Lisbon`. */
		timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
	},
	{ additionalProperties: false },
);
export type UserPatch = Static<typeof UserPatch>;

/** A way in: how this person can sign in. */
export const AccountView = Type.Object({
	id: Uuid,
	/** `password`, or the id of a way in as `GET /api/v1/auth/ways` lists it. */
	provider: Type.String(),
	/** The provider's id of the person; never an e-mail. */
	subject: Type.String(),
	/** What tells two of one provider apart: an address or a login. May be empty. */
	label: Type.String(),
	linkedAt: Instant,
	lastUsedAt: Type.Union([Instant, Type.Null()]),
});
export type AccountView = Static<typeof AccountView>;

/** `GET /api/v1/entitlements`; a request without a token is answered as a guest. */

export const Entitlements = Type.Object({
	isGuest: Type.Boolean(),
	canSync: Type.Boolean(),
	isPro: Type.Boolean(),
	/** Why something of it is not there, as a sentence for the person; null when all is. */
	reason: Type.Union([Type.String(), Type.Null()]),
});
export type Entitlements = Static<typeof Entitlements>;

/** `GET /api/v1/users/session`. */
export const SessionView = Type.Object({
	sessionId: Uuid,
	deviceId: Uuid,
	userId: Uuid,
	workspace: WorkspaceView,
	permissions: Type.Array(Permission),
	entitlements: Entitlements,
	expiresAt: Instant,
});
export type SessionView = Static<typeof SessionView>;

/** `GET /api/v1/users/me/full`. */
export const FullUserView = Type.Object({
	user: UserView,
	accounts: Type.Array(AccountView),
	workspaces: Type.Array(WorkspaceView),
	session: SessionView,
});
export type FullUserView = Static<typeof FullUserView>;
