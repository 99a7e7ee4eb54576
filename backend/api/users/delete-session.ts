import { Elysia } from "elysia";
import { endOneSession } from "../../identity/own-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteSession({ identity }: RouteDeps) {
	return new Elysia().use(requireAuth()).delete(
		"/api/v1/users/me/sessions/:id",
		async ({ principal, params, set }) => {
			await endOneSession(identity, principal, params.id);
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("users", "Sign one device out") },
	);
}
