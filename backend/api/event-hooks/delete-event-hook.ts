import { Elysia } from "elysia";
import { deleteHook } from "../../events/change-hooks.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteOneEventHook(deps: RouteDeps) {
	return new Elysia().use(requireAuth("connections:write")).delete(
		"/api/v1/event-hooks/:id",
		async ({ principal, params, set }) => {
			await deleteHook(deps, principal, params.id);
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("event-hooks", "Tell it of nothing any more") },
	);
}
