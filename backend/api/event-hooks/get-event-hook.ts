import { Elysia } from "elysia";
import { EventHookView } from "../../contract/events.ts";
import { getHook } from "../../events/read-hooks.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getOneEventHook(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/event-hooks/:id", ({ principal, params }) => getHook(deps, principal, params.id), {
			params: IdParam,
			response: EventHookView,
			detail: protectedDetail("event-hooks", "One address that hears of events"),
		});
}
