import { Elysia } from "elysia";
import { DeviceSessionList } from "../../contract/sessions.ts";
import { listSessions } from "../../identity/own-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function listMySessions({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.get(
			"/api/v1/users/me/sessions",
			async ({ principal }) => ({ sessions: await listSessions(identity, principal) }),
			{ response: DeviceSessionList, detail: protectedDetail("users", "The devices the person is signed in on") },
		);
}
