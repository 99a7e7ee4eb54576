import { Elysia } from "elysia";
import { SourcePlace, SourceSchema } from "../../contract/sources.ts";
import { readSourceSchema } from "../../sources/browse-source.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getSourceSchema(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get(
			"/api/v1/sources/:id/schema",
			({ principal, params, query }) => readSourceSchema(deps, principal, { connectionId: params.id, place: query }),
			{
				params: IdParam,
				query: SourcePlace,
				response: SourceSchema,
				detail: protectedDetail("sources", "The columns of a table, and what can be asked of them"),
			},
		);
}
