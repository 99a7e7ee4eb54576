import { Elysia } from "elysia";
import { FullUserView } from "../../contract/users.ts";
import { readAccounts, readSession, readUser } from "../../identity/profile.ts";
import { workspacesOf } from "../../workspaces/memberships.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getMeFull({ identity }: RouteDeps) {
	return new Elysia().use(requireAuth()).get(
		"/api/v1/users/me/full",
		async ({ principal }) => {
			const [user, accounts, workspaces, session] = await Promise.all([
				readUser(identity, principal),
				readAccounts(identity, principal),
				workspacesOf(identity.asIdentity, principal.userId),
				readSession(identity, principal),
			]);
			return { user, accounts, workspaces, session };
		},
		{
			response: FullUserView,
			detail: protectedDetail("users", "Person, ways in, workspaces and session in one answer"),
		},
	);
}
