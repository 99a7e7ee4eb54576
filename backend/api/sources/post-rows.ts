import { Elysia } from "elysia";
import { SourceRowsPage, SourceRowsQuery } from "../../contract/selections.ts";
import { browseRows } from "../../sources/browse-source.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postSourceRows(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.post(
			"/api/v1/sources/:id/rows",
			({ principal, params, body }) => browseRows(deps, principal, { ...body, connectionId: params.id }),
			{
				params: IdParam,
				body: SourceRowsQuery,
				response: SourceRowsPage,
				detail: protectedDetail("sources", "A page of rows, searched and filtered where they are; nothing is stored"),
			},
		);
}
