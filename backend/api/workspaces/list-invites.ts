import { Elysia } from "elysia";
import { InviteList } from "../../contract/workspaces.ts";
import { readInvites } from "../../workspaces/invites.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function listInvites({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireMember(identity, "members:write"))
		.get("/api/v1/workspaces/:id/invites", async ({ member }) => ({ invites: await readInvites(identity, member) }), {
			params: IdParam,
			response: InviteList,
			detail: protectedDetail("workspaces", "The invitations that can still be accepted, without their links"),
		});
}
