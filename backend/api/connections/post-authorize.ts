import { Elysia } from "elysia";
import { beginConnecting } from "../../connections/oauth/begin-connecting.ts";
import { ConnectionAuthorization, ConnectionAuthorize } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** The address of a window in which the signed-in person connects an account at its provider. */
export function postConnectionAuthorize(deps: RouteDeps) {
	return new Elysia().use(requireAuth("connections:write")).post(
		"/api/v1/connections/authorize",
		async ({ principal, body }) => {
			const ticket = await beginConnecting(deps, principal, body);
			return { url: `${deps.identity.issuer}/connections/start?ticket=${ticket}` };
		},
		{
			body: ConnectionAuthorize,
			response: ConnectionAuthorization,
			detail: protectedDetail("connections", "A window in which an account is connected at its provider"),
		},
	);
}
