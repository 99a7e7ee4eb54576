import { Elysia } from "elysia";
import { searchRows } from "../../connections/search-rows.ts";
import { RowList, RowQuery } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getConnectionRows(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.get(
			"/api/v1/connections/:id/rows",
			({ principal, params, query }) => searchRows(deps, principal, { ...query, id: params.id }),
			{
				params: IdParam,
				query: RowQuery,
				response: RowList,
				detail: protectedDetail("connections", "Rows of a table whose title has a text, for a linked column"),
			},
		);
}
