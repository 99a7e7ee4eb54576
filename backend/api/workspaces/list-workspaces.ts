import { Elysia } from "elysia";
import { WorkspaceList } from "../../contract/workspaces.ts";
import { workspacesOf } from "../../workspaces/memberships.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function listWorkspaces({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.get(
			"/api/v1/workspaces",
			async ({ principal }) => ({ workspaces: await workspacesOf(identity.asIdentity, principal.userId) }),
			{
				response: WorkspaceList,
				detail: protectedDetail("workspaces", "The person's workspaces, their own first"),
			},
		);
}
