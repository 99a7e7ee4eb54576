import { Elysia } from "elysia";
import { EventHookTried } from "../../contract/events.ts";
import { tryHook } from "../../events/try-hook.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postEventHookTest(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:write"))
		.post("/api/v1/event-hooks/:id/test", ({ principal, params }) => tryHook(deps, principal, params.id), {
			params: IdParam,
			response: EventHookTried,
			detail: protectedDetail("event-hooks", "Send a made-up event now, and say whether it was taken"),
		});
}
