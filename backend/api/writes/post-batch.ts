import { Elysia } from "elysia";
import { WritesBatchRequest, WritesBatchResponse } from "../../contract/writes.ts";
import { acceptWrites } from "../../records/accept-writes.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postBatch(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post(
			"/api/v1/writes/batch",
			async ({ principal, body }) => ({ results: await acceptWrites(deps, principal, body.operations) }),
			{
				body: WritesBatchRequest,
				response: WritesBatchResponse,
				detail: protectedDetail("writes", "Send up to 500 operations; each is answered by itself"),
			},
		);
}
