import { Elysia } from "elysia";
import { TargetPreview, TargetPreviewRequest } from "../../contract/targets.ts";
import { previewTarget } from "../../targets/preview-target.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postTargetPreview(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/targets/preview", ({ principal, body }) => previewTarget(deps, principal, body), {
			body: TargetPreviewRequest,
			response: TargetPreview,
			detail: protectedDetail("targets", "What a mapping makes of a record, and what is wrong with it; writes nothing"),
		});
}
