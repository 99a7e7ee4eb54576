import { Elysia } from "elysia";
import { getBulk } from "../../bulk/read-bulk.ts";
import { BulkDetail } from "../../contract/bulk.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getOneBulk(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.get("/api/v1/bulk/:id", ({ principal, params }) => getBulk(deps, principal, params.id), {
			params: IdParam,
			response: BulkDetail,
			detail: protectedDetail("bulk", "How far an operation is, what became of its records, and what it could not do"),
		});
}
