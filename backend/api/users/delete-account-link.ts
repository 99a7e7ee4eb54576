import { Elysia } from "elysia";
import { unlinkAccount } from "../../identity/account-links.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** Removes a way in, but never the last one, and takes Sheaf's access back there. */
export function deleteAccountLink({ identity, upstreams, exchange, log }: RouteDeps) {
	// Clerk's tokens are exchanged also where it has no button.
	const usable = ["password", ...upstreams.keys(), ...(exchange.takes("clerk") ? ["clerk"] : [])];
	return new Elysia().use(requireAuth()).delete(
		"/api/v1/users/me/accounts/:id",
		async ({ principal, params, set }) => {
			const { provider, grant } = await unlinkAccount(identity, principal, { id: params.id, usable });
			const outcome = grant && (await upstreams.get(provider)?.revoke(grant));
			if (outcome === "by_hand") log.warn({ provider }, "access was not taken back at a way in that was removed");
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("users", "Remove a way in") },
	);
}
