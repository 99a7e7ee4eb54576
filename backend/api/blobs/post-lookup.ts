import { Elysia } from "elysia";
import { lookUpBlobs } from "../../blobs/presence.ts";
import { BlobList, BlobLookup } from "../../contract/blobs.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postLookup(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.post("/api/v1/blobs/lookup", ({ principal, body }) => lookUpBlobs(deps, principal, body.sha256), {
			body: BlobLookup,
			response: BlobList,
			detail: protectedDetail("blobs", "What is known of pictures and files, and which devices have them"),
		});
}
