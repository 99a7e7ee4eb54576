import { Elysia } from "elysia";
import { SelectionRowPage, SelectionRowsQuery } from "../../contract/selections.ts";
import { listSelectionRows } from "../../sources/selection-rows.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getSelectionRows(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get(
			"/api/v1/selections/:id/rows",
			({ principal, params, query }) => listSelectionRows(deps, principal, { ...query, id: params.id }),
			{
				params: IdParam,
				query: SelectionRowsQuery,
				response: SelectionRowPage,
				detail: protectedDetail("selections", "Rows that are gone at the source, or that could not be taken in"),
			},
		);
}
