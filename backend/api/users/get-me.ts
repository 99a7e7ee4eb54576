import { Elysia } from "elysia";
import { UserView } from "../../contract/users.ts";
import { readUser } from "../../identity/profile.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getMe({ identity }: RouteDeps) {
	return new Elysia().use(requireAuth()).get("/api/v1/users/me", ({ principal }) => readUser(identity, principal), {
		response: UserView,
		detail: protectedDetail("users", "Who is signed in"),
	});
}
