import { Elysia } from "elysia";
import { MemberList } from "../../contract/workspaces.ts";
import { readMembers } from "../../workspaces/read-members.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function listMembers({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireMember(identity, "members:read"))
		.get("/api/v1/workspaces/:id/members", async ({ member }) => ({ members: await readMembers(identity, member) }), {
			params: IdParam,
			response: MemberList,
			detail: protectedDetail("workspaces", "Who belongs to a workspace: owners first, then by name"),
		});
}
