import { Elysia } from "elysia";
import { SelectionRun } from "../../contract/selections.ts";
import { startSelectionRun } from "../../sources/start-selection-run.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postSelectionRun(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/selections/:id/runs", ({ principal, params }) => startSelectionRun(deps, principal, params.id), {
			params: IdParam,
			response: SelectionRun,
			detail: protectedDetail("selections", "Pick now: new and changed rows become records, one run at a time"),
		});
}
