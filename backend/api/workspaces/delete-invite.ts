import { Elysia } from "elysia";
import { revokeInvite } from "../../workspaces/invites.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";
import { InviteParam } from "./path-params.ts";

export function deleteInvite({ identity }: RouteDeps) {
	return new Elysia().use(requireMember(identity, "members:write")).delete(
		"/api/v1/workspaces/:id/invites/:inviteId",
		async ({ member, params, set }) => {
			await revokeInvite(identity, member, params.inviteId);
			set.status = 204;
		},
		{ params: InviteParam, detail: protectedDetail("workspaces", "Take an invitation back") },
	);
}
