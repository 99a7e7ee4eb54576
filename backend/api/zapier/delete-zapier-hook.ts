import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { unsubscribeZap } from "../../events/zapier-hooks.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteZapierHook(deps: RouteDeps) {
	return new Elysia().use(requireAuth("connections:write")).delete(
		"/api/v1/zapier/hooks/:id",
		async ({ principal, params }) => {
			await unsubscribeZap(deps, principal, params.id);
			return {};
		},
		{
			params: IdParam,
			response: Type.Object({}),
			detail: protectedDetail("zapier", "A Zap was turned off; answered the same when it is gone already"),
		},
	);
}
