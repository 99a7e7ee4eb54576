import { Elysia } from "elysia";
import { deleteSelection } from "../../sources/save-selection.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteOneSelection(deps: RouteDeps) {
	return new Elysia().use(requireAuth("targets:write")).delete(
		"/api/v1/selections/:id",
		async ({ principal, params, set }) => {
			await deleteSelection(deps, principal, params.id);
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("selections", "Delete a selection; the records that it picked stay") },
	);
}
