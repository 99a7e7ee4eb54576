import { Elysia } from "elysia";
import { deleteTarget } from "../../targets/remove-targets.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteOneTarget(deps: RouteDeps) {
	return new Elysia().use(requireAuth("targets:write")).delete(
		"/api/v1/targets/:id",
		async ({ principal, params, set }) => {
			await deleteTarget(deps, principal, params.id);
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("targets", "Delete a target; its records stay, without a target") },
	);
}
