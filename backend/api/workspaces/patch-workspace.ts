import { Elysia } from "elysia";
import { WorkspaceView } from "../../contract/users.ts";
import { WorkspaceNamed } from "../../contract/workspaces.ts";
import { renameWorkspace } from "../../workspaces/change-workspace.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function patchWorkspace({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireMember(identity, "workspace:write"))
		.patch("/api/v1/workspaces/:id", ({ member, body }) => renameWorkspace(identity, member, body.name), {
			params: IdParam,
			body: WorkspaceNamed,
			response: WorkspaceView,
			detail: protectedDetail("workspaces", "Rename a workspace"),
		});
}
