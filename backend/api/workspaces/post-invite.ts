import { Elysia } from "elysia";
import { InviteCreate, InviteCreated } from "../../contract/workspaces.ts";
import { createInvite } from "../../workspaces/invites.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireMember } from "../plugins/require-member.ts";

export function postInvite({ identity, env }: RouteDeps) {
	return new Elysia().use(requireMember(identity, "members:write")).post(
		"/api/v1/workspaces/:id/invites",
		async ({ member, body, set }) => {
			const { invite, token } = await createInvite(identity, member, body);
			set.status = 201;
			return { ...invite, url: new URL(`/invite/${token}`, env.publicUrl).href };
		},
		{
			params: IdParam,
			body: InviteCreate,
			response: { 201: InviteCreated },
			detail: protectedDetail("workspaces", "Make a link for one person and one time; it is told only here"),
		},
	);
}
