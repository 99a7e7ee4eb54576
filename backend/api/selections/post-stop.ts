import { Elysia } from "elysia";
import { SelectionRunList } from "../../contract/selections.ts";
import { stopSelectionRun } from "../../sources/start-selection-run.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postSelectionStop(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post(
			"/api/v1/selections/:id/stop",
			async ({ principal, params }) => ({ runs: await stopSelectionRun(deps, principal, params.id) }),
			{
				params: IdParam,
				response: SelectionRunList,
				detail: protectedDetail("selections", "Stop the run that goes on; what was taken in stays"),
			},
		);
}
