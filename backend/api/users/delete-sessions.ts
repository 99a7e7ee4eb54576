import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { SessionsEnded } from "../../contract/sessions.ts";
import { endSessions } from "../../identity/own-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** Without it the device that asks is signed out too. */
const KeepQuery = Type.Object({ keep: Type.Optional(Type.Literal("current")) });

export function deleteSessions({ identity }: RouteDeps) {
	return new Elysia().use(requireAuth()).delete(
		"/api/v1/users/me/sessions",
		async ({ principal, query }) => ({
			ended: await endSessions(identity, principal, { keepsCurrent: query.keep === "current" }),
		}),
		{
			query: KeepQuery,
			response: SessionsEnded,
			detail: protectedDetail("users", "Sign out on every device, or on every other one"),
		},
	);
}
