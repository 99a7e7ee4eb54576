import { Elysia } from "elysia";
import { EventHookCreate, EventHookCreated } from "../../contract/events.ts";
import { createHook } from "../../events/change-hooks.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postEventHook(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:write"))
		.post("/api/v1/event-hooks", ({ principal, body }) => createHook(deps, principal, body), {
			body: EventHookCreate,
			response: EventHookCreated,
			detail: protectedDetail("event-hooks", "Tell an address of events; answers its signing secret, this once"),
		});
}
