import { Elysia } from "elysia";
import { finishConnecting } from "../../connections/oauth/finish-connecting.ts";
import { ConnectionFinish, ConnectionView } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** What came back from the provider's window becomes a connection, for the session that opened it. */
export function postConnectionFinish(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:write"))
		.post("/api/v1/connections/authorize/finish", ({ principal, body }) => finishConnecting(deps, principal, body), {
			body: ConnectionFinish,
			response: ConnectionView,
			detail: protectedDetail("connections", "Connect what came back from the provider's window"),
		});
}
