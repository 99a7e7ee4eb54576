import { Elysia } from "elysia";
import { WorkspaceView } from "../../contract/users.ts";
import { InviteAccept } from "../../contract/workspaces.ts";
import { acceptInvite } from "../../workspaces/accept-invite.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postInviteAccept({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.post("/api/v1/invites/accept", ({ principal, body }) => acceptInvite(identity, principal, body.token), {
			body: InviteAccept,
			response: WorkspaceView,
			detail: protectedDetail("workspaces", "Join the workspace of an invitation"),
		});
}
