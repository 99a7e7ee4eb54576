import { Elysia } from "elysia";
import { ZapierHook, ZapierHookCreate } from "../../contract/events.ts";
import { subscribeZap } from "../../events/zapier-hooks.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postZapierHook(deps: RouteDeps) {
	const { hooksUrl } = deps.env.providers.zapier;
	return new Elysia()
		.use(requireAuth("connections:write"))
		.post("/api/v1/zapier/hooks", ({ principal, body }) => subscribeZap({ ...deps, hooksUrl }, principal, body), {
			body: ZapierHookCreate,
			response: ZapierHook,
			detail: protectedDetail("zapier", "A Zap was turned on: it hears of an event at the address it gives"),
		});
}
