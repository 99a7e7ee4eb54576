import { Elysia } from "elysia";
import { leaveWorkspace } from "../../workspaces/change-members.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function postLeave({ identity }: RouteDeps) {
	return new Elysia().use(requireMember(identity)).post(
		"/api/v1/workspaces/:id/leave",
		async ({ member, set }) => {
			await leaveWorkspace(identity, member);
			set.status = 204;
		},
		{
			params: IdParam,
			detail: protectedDetail("workspaces", "Leave a workspace; its last owner cannot"),
		},
	);
}
