import { Elysia } from "elysia";
import { updateConnection } from "../../connections/update-connection.ts";
import { ConnectionPatch, ConnectionView } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function patchConnection(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:write"))
		.patch(
			"/api/v1/connections/:id",
			({ principal, params, body }) => updateConnection(deps, principal, { id: params.id, patch: body }),
			{
				params: IdParam,
				body: ConnectionPatch,
				response: ConnectionView,
				detail: protectedDetail("connections", "Rename, or reconnect with a new credential"),
			},
		);
}
