import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { AccountView } from "../../contract/users.ts";
import { readAccounts } from "../../identity/profile.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function listMyAccounts({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.get(
			"/api/v1/users/me/accounts",
			async ({ principal }) => ({ accounts: await readAccounts(identity, principal) }),
			{
				response: Type.Object({ accounts: Type.Array(AccountView) }),
				detail: protectedDetail("users", "The person's ways in"),
			},
		);
}
