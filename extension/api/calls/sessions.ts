import type {
	DeviceKey,
	DeviceSessionList,
	DeviceSessionView,
	SessionsEnded,
} from "../../../backend/contract/sessions.ts";
import type { SessionView } from "../../../backend/contract/users.ts";
import type { Requester } from "../request.ts";
import { isAnything, withList, withObject, withText } from "../shapes.ts";

/** The devices a person is signed in on, this one and others. */
export function sessionCalls(request: Requester) {
	return {
		/** With `permissions`, which every surface obeys. */
		userSession(): Promise<SessionView> {
			return request({ path: "/api/v1/users/session", answers: isSession });
		},
		async sessions(): Promise<DeviceSessionView[]> {
			const answers = withList<DeviceSessionList>("sessions");
			return (await request({ path: "/api/v1/users/me/sessions", answers })).sessions;
		},
		/** For another device; this one signs out by `session.signOut`, which also puts its records away. */
		async endSession(id: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/users/me/sessions/${id}`, answers: isAnything });
		},
		/** @returns how many devices were signed out; this one is not among them. */
		async endOtherSessions(): Promise<number> {
			const path = "/api/v1/users/me/sessions?keep=current";
			return (await request({ method: "DELETE", path, answers: isEnded })).ended;
		},
		/** Pages ask the background for it (`session.switchWorkspace`): what is kept here changes with it. */
		moveSession(workspaceId: string): Promise<SessionView> {
			const body = { workspaceId };
			return request({ method: "POST", path: "/api/v1/users/session/workspace", body, answers: isSession });
		},
		/** The key that this person's records are sealed with on this device after a sign-out (ID-8). */
		deviceKey(): Promise<DeviceKey> {
			return request({ path: "/api/v1/users/me/device-key", answers: withText<DeviceKey>("key") });
		},
	};
}

/** All that surfaces paint from: an older server's answer must not pass for one. */
export function isSession(body: unknown): body is SessionView {
	const parts = [withObject("workspace"), withList("permissions"), withObject("entitlements")];
	return parts.every((isThere) => isThere(body));
}

function isEnded(body: unknown): body is SessionsEnded {
	return typeof body === "object" && body !== null && "ended" in body && typeof body.ended === "number";
}
