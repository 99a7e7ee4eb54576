import { type Static, Type } from "@sinclair/typebox";
import { Instant, Uuid } from "./ids.ts";

/** A device that is signed in. `DELETE /api/v1/users/me/sessions/{id}` signs it out. */
export const DeviceSessionView = Type.Object({
	id: Uuid,
	deviceId: Uuid,
	/** As the device named itself: `Firefox on Linux`. */
	deviceName: Type.String(),
	/** `sheaf-extension` or `sheaf-cli`. */
	clientId: Type.String(),
	/** The way in that opened it. */
	provider: Type.String(),
	createdAt: Instant,
	lastUsedAt: Instant,
	expiresAt: Instant,
	/** The session that asks. */
	current: Type.Boolean(),
});
export type DeviceSessionView = Static<typeof DeviceSessionView>;

/** `GET /api/v1/users/me/sessions`: last used first, live ones only. */
export const DeviceSessionList = Type.Object({ sessions: Type.Array(DeviceSessionView) });
export type DeviceSessionList = Static<typeof DeviceSessionList>;

/** `DELETE /api/v1/users/me/sessions?keep=current`: signs out all, or all others. */
export const SessionsEnded = Type.Object({ ended: Type.Integer({ minimum: 0 }) });
export type SessionsEnded = Static<typeof SessionsEnded>;

/** `POST /api/v1/users/session/workspace`: where this session works from now on. */
export const WorkspaceSwitch = Type.Object({ workspaceId: Uuid }, { additionalProperties: false });
export type WorkspaceSwitch = Static<typeof WorkspaceSwitch>;

/** `GET /api/v1/users/me/device-key`: 32 bytes as base64url; the same ones for this person and device at every sign-in. */
export const DeviceKey = Type.Object({ key: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }) });
export type DeviceKey = Static<typeof DeviceKey>;
