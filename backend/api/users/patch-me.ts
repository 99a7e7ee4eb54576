import { Elysia } from "elysia";
import { UserPatch, UserView } from "../../contract/users.ts";
import { changeUser } from "../../identity/profile.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function patchMe({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.patch("/api/v1/users/me", ({ principal, body }) => changeUser(identity, principal, body), {
			body: UserPatch,
			response: UserView,
			detail: protectedDetail("users", "Change one's name or time zone"),
		});
}
