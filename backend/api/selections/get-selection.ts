import { Elysia } from "elysia";
import { SelectionView } from "../../contract/selections.ts";
import { getSelection } from "../../sources/selection-view.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getOneSelection(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get("/api/v1/selections/:id", ({ principal, params }) => getSelection(deps, principal, params.id), {
			params: IdParam,
			response: SelectionView,
			detail: protectedDetail("selections", "One selection with its rows in numbers and its last run"),
		});
}
