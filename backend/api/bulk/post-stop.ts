import { Elysia } from "elysia";
import { stopBulk } from "../../bulk/stop-bulk.ts";
import { BulkView } from "../../contract/bulk.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postBulkStop(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post("/api/v1/bulk/:id/stop", ({ principal, params }) => stopBulk(deps, principal, params.id), {
			params: IdParam,
			response: BulkView,
			detail: protectedDetail("bulk", "Stop after the chunk at work; what was handed over stays so"),
		});
}
