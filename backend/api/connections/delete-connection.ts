import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { deleteConnection } from "../../connections/delete-connection.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

const DeleteQuery = Type.Object({
	/** `true` deletes its targets with it. */
	force: Type.Optional(Type.Union([Type.Literal("true"), Type.Literal("false")])),
});

export function deleteOneConnection(deps: RouteDeps) {
	return new Elysia().use(requireAuth("connections:write")).delete(
		"/api/v1/connections/:id",
		async ({ principal, params, query, set }) => {
			await deleteConnection(deps, principal, { id: params.id, force: query.force === "true" });
			set.status = 204;
		},
		{
			params: IdParam,
			query: DeleteQuery,
			detail: protectedDetail("connections", "Disconnect and wipe the credential; records stay, without a target"),
		},
	);
}
