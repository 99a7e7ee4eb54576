import { Elysia } from "elysia";
import { WorkspaceDelete } from "../../contract/workspaces.ts";
import { forgetJobs } from "../../jobs/forget-jobs.ts";
import { deleteWorkspace } from "../../workspaces/change-workspace.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function deleteOneWorkspace({ identity, queues = [], log }: RouteDeps) {
	return new Elysia().use(requireMember(identity, "workspace:own")).delete(
		"/api/v1/workspaces/:id",
		async ({ member, body, set }) => {
			await deleteWorkspace(identity, member, body.confirm);
			await forgetJobs({ queues, log }, ({ workspaceId }) => workspaceId === member.workspaceId);
			set.status = 204;
		},
		{
			params: IdParam,
			body: WorkspaceDelete,
			detail: protectedDetail("workspaces", "Delete a workspace with everything in it; its name confirms"),
		},
	);
}
