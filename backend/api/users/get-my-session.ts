import { Elysia } from "elysia";
import { SessionView } from "../../contract/users.ts";
import { readSession } from "../../identity/profile.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getMySession({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.get("/api/v1/users/session", ({ principal }) => readSession(identity, principal), {
			response: SessionView,
			detail: protectedDetail("users", "This session, and what its holder may do"),
		});
}
