import { Elysia } from "elysia";
import { WorkspaceSwitch } from "../../contract/sessions.ts";
import { SessionView } from "../../contract/users.ts";
import { moveSession } from "../../identity/own-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postSessionWorkspace({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.post(
			"/api/v1/users/session/workspace",
			({ principal, body }) => moveSession(identity, principal, body.workspaceId),
			{
				body: WorkspaceSwitch,
				response: SessionView,
				detail: protectedDetail("users", "Work in another workspace: the next refresh is for that one"),
			},
		);
}
