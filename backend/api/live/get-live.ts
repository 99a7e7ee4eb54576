import { Elysia } from "elysia";
import { LiveQuery } from "../../contract/live.ts";
import { tokenExpiry, verifyAccessToken } from "../../identity/access-tokens.ts";
import type { RouteDeps } from "../app-deps.ts";
import { bearerToken } from "../plugins/authenticate.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** Server-sent events by `fetch`: a browser's own `EventSource` carries no bearer token. */
export function getLive({ live, identity }: RouteDeps) {
	return new Elysia().use(requireAuth("records:read")).get(
		"/api/v1/live",
		async ({ principal, query, headers, request }) => {
			// The gate has let it in; what follows goes on for as long as it is good.
			const token = bearerToken(request);
			const claims = await verifyAccessToken(identity, token);
			const body = await live.open({
				principal,
				standing: async () => (await identity.standing.check(claims, true)).principal,
				expiresAt: tokenExpiry(token),
				cursor: headers["last-event-id"] ?? query.cursor ?? null,
			});
			// Proxies may neither keep nor gather what is said: each event is for now, and for one person.
			const answer = {
				"content-type": "text/event-stream",
				"cache-control": "no-store, no-transform",
				"x-accel-buffering": "no",
			};
			return new Response(body, { headers: answer });
		},
		{
			query: LiveQuery,
			detail: protectedDetail("live", "What changes in the workspace, as it happens (server-sent events)"),
		},
	);
}
