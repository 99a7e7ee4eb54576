import { Elysia } from "elysia";
import { announceBlob } from "../../blobs/announce-blob.ts";
import { BlobAnnounce, BlobUpload } from "../../contract/blobs.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";
import { blobDeps, storingSeconds } from "./blob-params.ts";

export function postBlob(deps: RouteDeps) {
	return new Elysia().use(requireAuth("records:write")).post(
		"/api/v1/blobs",
		async ({ principal, body, request, server }) => {
			server?.timeout(request, storingSeconds);
			return await announceBlob(blobDeps(deps), principal, body);
		},
		{
			body: BlobAnnounce,
			response: BlobUpload,
			detail: protectedDetail("blobs", "This device has a picture or file: begin or resume its upload"),
		},
	);
}
