import { Elysia } from "elysia";
import { SelectionRowsKeep, SelectionRowsKept } from "../../contract/selections.ts";
import { keepGoneRows } from "../../sources/selection-rows.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postSelectionKeep(deps: RouteDeps) {
	return new Elysia().use(requireAuth("targets:write")).post(
		"/api/v1/selections/:id/rows/keep",
		async ({ principal, params, body }) => ({
			kept: await keepGoneRows(deps, principal, { ...body, id: params.id }),
		}),
		{
			params: IdParam,
			body: SelectionRowsKeep,
			response: SelectionRowsKept,
			detail: protectedDetail("selections", "Keep rows at the destination that are gone at the source"),
		},
	);
}
