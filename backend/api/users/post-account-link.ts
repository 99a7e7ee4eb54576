import { Elysia } from "elysia";
import { LinkStart, LinkStarted } from "../../contract/ways-in.ts";
import { createLinkTicket } from "../../identity/account-links.ts";
import { upstreamCalled } from "../../identity/upstream/registry.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** The address of a window in which the signed-in person adds another way in. */
export function postAccountLink({ identity, upstreams }: RouteDeps) {
	return new Elysia().use(requireAuth()).post(
		"/api/v1/users/me/accounts/link",
		async ({ principal, body }) => {
			upstreamCalled(upstreams, body.provider);
			const ticket = await createLinkTicket(identity, principal, body);
			return { url: `${identity.issuer}/oauth/link?ticket=${ticket}` };
		},
		{
			body: LinkStart,
			response: LinkStarted,
			detail: protectedDetail("users", "A window in which another way in is added"),
		},
	);
}
