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
]);
export type Permission = Static<typeof Permission>;

export const UserView = Type.Object({
	id: Uuid,
	email: Type.String(),
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
	role: Role,
});
export type WorkspaceView = Static<typeof WorkspaceView>;

/** A way in: how this person can sign in. */
export const AccountView = Type.Object({ provider: Type.String(), subject: Type.String(), linkedAt: Instant });
export type AccountView = Static<typeof AccountView>;

export const Entitlements = Type.Object({
	isGuest: Type.Boolean(),
	canSync: Type.Boolean(),
	isPro: Type.Boolean(),
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
