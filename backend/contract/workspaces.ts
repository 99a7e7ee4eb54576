import { type Static, Type } from "@sinclair/typebox";
import { Instant, Uuid } from "./ids.ts";
import { Role, WorkspaceView } from "./users.ts";

const WorkspaceName = Type.String({ minLength: 1, maxLength: 80, pattern: "\\S" });

export const WorkspaceList = Type.Object({ workspaces: Type.Array(WorkspaceView) });
export type WorkspaceList = Static<typeof WorkspaceList>;

/** `POST /api/v1/workspaces`, and `PATCH /api/v1/workspaces/{id}` to rename. */
export const WorkspaceNamed = Type.Object({ name: WorkspaceName }, { additionalProperties: false });
export type WorkspaceNamed = Static<typeof WorkspaceNamed>;

/** `DELETE /api/v1/workspaces/{id}`: its name, typed by the person, because everything in it goes. */
export const WorkspaceDelete = Type.Object({ confirm: Type.String() }, { additionalProperties: false });
export type WorkspaceDelete = Static<typeof WorkspaceDelete>;

export const MemberView = Type.Object({
	userId: Uuid,
	email: Type.String(),
	firstName: Type.String(),
	lastName: Type.String(),
	role: Role,
	joinedAt: Instant,
	/** The person who asks. */
	you: Type.Boolean(),
});
export type MemberView = Static<typeof MemberView>;

/** `GET /api/v1/workspaces/{id}/members`: owners first, then by name. */
export const MemberList = Type.Object({ members: Type.Array(MemberView) });
export type MemberList = Static<typeof MemberList>;

/** `PATCH /api/v1/workspaces/{id}/members/{userId}`. */
export const MemberPatch = Type.Object({ role: Role }, { additionalProperties: false });
export type MemberPatch = Static<typeof MemberPatch>;

/** `POST /api/v1/workspaces/{id}/transfer`: that member becomes owner, and whoever asks becomes admin. */
export const WorkspaceTransfer = Type.Object({ userId: Uuid }, { additionalProperties: false });
export type WorkspaceTransfer = Static<typeof WorkspaceTransfer>;

export const InviteRole = Type.Union([Type.Literal("admin"), Type.Literal("member"), Type.Literal("viewer")]);
export type InviteRole = Static<typeof InviteRole>;

/** `POST /api/v1/workspaces/{id}/invites`: a link for one person and one time. */
export const InviteCreate = Type.Object(
	{ role: InviteRole, expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, default: 7 })) },
	{ additionalProperties: false },
);
export type InviteCreate = Static<typeof InviteCreate>;

export const InviteView = Type.Object({
	id: Uuid,
	role: InviteRole,
	createdAt: Instant,
	expiresAt: Instant,
	/** E-mail of who made it; empty when they are gone. */
	invitedBy: Type.String(),
});
export type InviteView = Static<typeof InviteView>;

/** The link is told once, here; only its hash is kept. */
export const InviteCreated = Type.Composite([InviteView, Type.Object({ url: Type.String() })]);
export type InviteCreated = Static<typeof InviteCreated>;

/** `GET /api/v1/workspaces/{id}/invites`: open ones only. */
export const InviteList = Type.Object({ invites: Type.Array(InviteView) });
export type InviteList = Static<typeof InviteList>;

/** `POST /api/v1/invites/accept`: the part after `/invite/` of the link. Answers with the workspace joined. */
export const InviteAccept = Type.Object(
	{ token: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }) },
	{ additionalProperties: false },
);
export type InviteAccept = Static<typeof InviteAccept>;
