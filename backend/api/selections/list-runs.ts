import { Elysia } from "elysia";
import { SelectionRunList } from "../../contract/selections.ts";
import { listSelectionRuns } from "../../sources/selection-view.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getSelectionRuns(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get(
			"/api/v1/selections/:id/runs",
			async ({ principal, params }) => ({ runs: await listSelectionRuns(deps, principal, params.id) }),
			{
				params: IdParam,
				response: SelectionRunList,
				detail: protectedDetail("selections", "The newest twenty runs of a selection"),
			},
		);
}
