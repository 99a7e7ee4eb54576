import { Elysia } from "elysia";
import { takePart } from "../../blobs/take-part.ts";
import { BlobPartTaken } from "../../contract/blobs.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";
import { PartParams, storingSeconds } from "./blob-params.ts";

export function putPart(deps: RouteDeps) {
	return new Elysia().use(requireAuth("records:write")).put(
		"/api/v1/blobs/:sha256/parts/:offset",
		async ({ principal, params, body, request, server }) => {
			server?.timeout(request, storingSeconds);
			const bytes = body instanceof Uint8Array ? body : new Uint8Array();
			return await takePart(deps, principal, { sha256: params.sha256, offset: Number(params.offset), bytes });
		},
		{
			params: PartParams,
			response: BlobPartTaken,
			detail: protectedDetail("blobs", "The next part of an upload, as its bytes"),
		},
	);
}
