import { Elysia } from "elysia";
import { MemberPatch } from "../../contract/workspaces.ts";
import { changeRole } from "../../workspaces/change-members.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";
import { MemberParam } from "./path-params.ts";

export function patchMember({ identity }: RouteDeps) {
	return new Elysia().use(requireMember(identity, "members:write")).patch(
		"/api/v1/workspaces/:id/members/:userId",
		async ({ member, params, body, set }) => {
			await changeRole(identity, member, { userId: params.userId, role: body.role });
			set.status = 204;
		},
		{
			params: MemberParam,
			body: MemberPatch,
			detail: protectedDetail("workspaces", "Give a member another role; only an owner makes or unmakes owners"),
		},
	);
}
