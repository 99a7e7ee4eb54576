import { Elysia } from "elysia";
import { DeletionReceipt, UserDelete } from "../../contract/account-end.ts";
import { deletePerson } from "../../departure/delete/delete-person.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteMe(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.delete("/api/v1/users/me", ({ principal, body }) => deletePerson(deps, principal, body.confirm), {
			body: UserDelete,
			response: DeletionReceipt,
			detail: protectedDetail(
				"users",
				"Delete one's account, and everything that is only theirs; a receipt is the answer",
			),
		});
}
