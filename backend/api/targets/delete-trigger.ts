import { Elysia } from "elysia";
import { removeTrigger } from "../../events/triggers.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteTargetTrigger(deps: RouteDeps) {
	return new Elysia().use(requireAuth("targets:write")).delete(
		"/api/v1/targets/:id/trigger",
		async ({ principal, params, set }) => {
			await removeTrigger(deps, principal, params.id);
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("targets", "Take the address away that starts its run") },
	);
}
