import { Elysia } from "elysia";
import { listConnections } from "../../connections/read-connections.ts";
import { ConnectionList } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getConnections(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/connections", async ({ principal }) => ({ connections: await listConnections(deps, principal) }), {
			response: ConnectionList,
			detail: protectedDetail("connections", "Connected accounts and how they are"),
		});
}
