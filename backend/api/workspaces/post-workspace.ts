import { Elysia } from "elysia";
import { WorkspaceView } from "../../contract/users.ts";
import { WorkspaceNamed } from "../../contract/workspaces.ts";
import { createWorkspace } from "../../workspaces/create-workspace.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postWorkspace({ identity }: RouteDeps) {
	return new Elysia().use(requireAuth()).post(
		"/api/v1/workspaces",
		async ({ principal, body, set }) => {
			const workspace = await createWorkspace(identity, principal, body.name);
			set.status = 201;
			return workspace;
		},
		{
			body: WorkspaceNamed,
			response: { 201: WorkspaceView },
			detail: protectedDetail("workspaces", "Create a workspace to share"),
		},
	);
}
