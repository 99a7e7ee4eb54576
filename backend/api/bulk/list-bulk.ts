import { Elysia } from "elysia";
import { listBulk } from "../../bulk/read-bulk.ts";
import { BulkList } from "../../contract/bulk.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getBulkList(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.get("/api/v1/bulk", async ({ principal }) => ({ operations: await listBulk(deps, principal) }), {
			response: BulkList,
			detail: protectedDetail("bulk", "What is or was done with many records at once, the newest first"),
		});
}
