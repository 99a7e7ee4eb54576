import { Elysia } from "elysia";
import { removeMember } from "../../workspaces/change-members.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";
import { MemberParam } from "./path-params.ts";

export function deleteMember({ identity }: RouteDeps) {
	return new Elysia().use(requireMember(identity, "members:write")).delete(
		"/api/v1/workspaces/:id/members/:userId",
		async ({ member, params, set }) => {
			await removeMember(identity, member, params.userId);
			set.status = 204;
		},
		{
			params: MemberParam,
			detail: protectedDetail("workspaces", "Take a member out; what they captured stays with the workspace"),
		},
	);
}
