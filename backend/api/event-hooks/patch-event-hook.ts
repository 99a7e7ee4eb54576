import { Elysia } from "elysia";
import { EventHookPatch, EventHookView } from "../../contract/events.ts";
import { updateHook } from "../../events/change-hooks.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function patchEventHook(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:write"))
		.patch(
			"/api/v1/event-hooks/:id",
			({ principal, params, body }) => updateHook(deps, principal, { id: params.id, patch: body }),
			{
				params: IdParam,
				body: EventHookPatch,
				response: EventHookView,
				detail: protectedDetail("event-hooks", "Change what it hears of, pause it, or let it go on"),
			},
		);
}
