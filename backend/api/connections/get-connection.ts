import { Elysia } from "elysia";
import { getConnection } from "../../connections/read-connections.ts";
import { ConnectionView } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getOneConnection(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/connections/:id", ({ principal, params }) => getConnection(deps, principal, params.id), {
			params: IdParam,
			response: ConnectionView,
			detail: protectedDetail("connections", "One connected account"),
		});
}
