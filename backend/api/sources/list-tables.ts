import { Elysia } from "elysia";
import { discoverTables } from "../../connections/discover-tables.ts";
import { TableList } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getSourceTables(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/sources/:id/tables", ({ principal, params }) => discoverTables(deps, principal, params.id), {
			params: IdParam,
			response: TableList,
			detail: protectedDetail("sources", "The tables of a source, asked of the provider now"),
		});
}
