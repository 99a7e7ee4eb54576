import { Elysia } from "elysia";
import { TargetView } from "../../contract/targets.ts";
import { getTarget } from "../../targets/read-targets.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getOneTarget(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get("/api/v1/targets/:id", ({ principal, params }) => getTarget(deps, principal, params.id), {
			params: IdParam,
			response: TargetView,
			detail: protectedDetail("targets", "One target"),
		});
}
