import { Elysia } from "elysia";
import { WorkspaceView } from "../../contract/users.ts";
import { WorkspaceTransfer } from "../../contract/workspaces.ts";
import { transferWorkspace } from "../../workspaces/change-members.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function postTransfer({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireMember(identity, "workspace:own"))
		.post("/api/v1/workspaces/:id/transfer", ({ member, body }) => transferWorkspace(identity, member, body.userId), {
			params: IdParam,
			body: WorkspaceTransfer,
			response: WorkspaceView,
			detail: protectedDetail("workspaces", "Make a member the owner, and oneself an admin"),
		});
}
