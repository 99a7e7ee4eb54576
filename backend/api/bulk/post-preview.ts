import { Elysia } from "elysia";
import { previewBulk } from "../../bulk/preview-bulk.ts";
import { BulkPreview, BulkPreviewRequest } from "../../contract/bulk.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postBulkPreview(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post("/api/v1/bulk/preview", ({ principal, body }) => previewBulk(deps, principal, body), {
			body: BulkPreviewRequest,
			response: BulkPreview,
			detail: protectedDetail("bulk", "How many records it would be, and what would be lost"),
		});
}
