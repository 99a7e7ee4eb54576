import { Elysia } from "elysia";
import { WorkspaceView } from "../../contract/users.ts";
import { readWorkspace } from "../../workspaces/membership.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function getOneWorkspace({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireMember(identity))
		.get("/api/v1/workspaces/:id", ({ member }) => identity.asIdentity((sql) => readWorkspace(sql, member)), {
			params: IdParam,
			response: WorkspaceView,
			detail: protectedDetail("workspaces", "One workspace, with the role of whoever asks"),
		});
}
