import { Elysia } from "elysia";
import { EventHookList } from "../../contract/events.ts";
import { listHooks } from "../../events/read-hooks.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getEventHooks(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/event-hooks", async ({ principal }) => ({ hooks: await listHooks(deps, principal) }), {
			response: EventHookList,
			detail: protectedDetail("event-hooks", "Addresses that hear of events"),
		});
}
