import { Elysia } from "elysia";
import { RunStarted } from "../../contract/targets.ts";
import { runTarget } from "../../targets/run-target.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postTargetRun(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/targets/:id/runs", ({ principal, params }) => runTarget(deps, principal, params.id), {
			params: IdParam,
			response: RunStarted,
			detail: protectedDetail("targets", "Send everything that waits for it now"),
		});
}
