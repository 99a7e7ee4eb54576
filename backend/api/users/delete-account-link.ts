import { Elysia } from "elysia";
import { unlinkAccount } from "../../identity/account-links.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** Removes a way in, but never the last one, and takes Sheaf's access back there. */
export function deleteAccountLink({ identity, upstreams, exchange, log }: RouteDeps) {
	const offered = ["password", "clerk", "github", "google"].filter((id) => id === "password" || exchange.takes(id));
	const usable = [...new Set([...offered, ...upstreams.keys()])];
	return new Elysia().use(requireAuth()).delete(
		"/api/v1/users/me/accounts/:id",
		async ({ principal, params, set }) => {
			const { provider, grant } = await unlinkAccount(identity, principal, { id: params.id, usable });
			const outcome = grant === null ? "by_hand" : await upstreams.get(provider)?.revoke(grant);
			if (outcome !== undefined && outcome !== "revoked")
				log.info({ provider, outcome }, "a grant was left to its end");
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("users", "Remove a way in") },
	);
}
