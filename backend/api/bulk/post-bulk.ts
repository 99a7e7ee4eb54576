import { Elysia } from "elysia";
import { startBulk } from "../../bulk/start-bulk.ts";
import { BulkStart, BulkView } from "../../contract/bulk.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postBulk(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post("/api/v1/bulk", ({ principal, body }) => startBulk(deps, principal, body), {
			body: BulkStart,
			response: BulkView,
			detail: protectedDetail("bulk", "Begin something with many records: those that match now"),
		});
}
