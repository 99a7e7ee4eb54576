import { Elysia } from "elysia";
import { createConnection } from "../../connections/create-connection.ts";
import { ConnectionCreate, ConnectionView } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postConnection(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:write"))
		.post("/api/v1/connections", ({ principal, body }) => createConnection(deps, principal, body), {
			body: ConnectionCreate,
			response: ConnectionView,
			detail: protectedDetail("connections", "Connect an account; its credential is checked first"),
		});
}
