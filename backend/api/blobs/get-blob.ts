import { Elysia } from "elysia";
import { openBlob } from "../../blobs/read-blob.ts";
import { isPicture } from "../../blobs/sniff.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";
import { BlobParam, blobDeps } from "./blob-params.ts";
import { rangeOf } from "./byte-range.ts";

/** Opened by itself it is a picture and nothing else: no script, no form, no frame, nothing loaded. */
const sandboxed = "sandbox; default-src 'none'; frame-ancestors 'none'";

/**
 * The bytes, or the range that was asked for. They never change, but who may see them does: a browser keeps them and asks each time
 * (`no-cache`), so that the next person at it does not find them.
 */
export function getBlob(deps: RouteDeps) {
	return new Elysia().use(requireAuth("records:read")).get(
		"/api/v1/blobs/:sha256",
		async ({ principal, params, request, set }) => {
			const blob = await openBlob(blobDeps(deps), principal, params.sha256);
			const etag = `"${blob.sha256}"`;
			const caching = { etag, "cache-control": "private, no-cache", vary: "Origin, Authorization" };
			if (request.headers.get("if-none-match")?.includes(etag)) {
				Object.assign(set.headers, caching);
				return new Response(null, { status: 304 });
			}
			const range = rangeOf(request.headers, { byteSize: blob.byteSize, etag });
			if (range === "beyond") {
				set.headers["content-range"] = `bytes */${blob.byteSize}`;
				return new Response(null, { status: 416 });
			}
			const bytes = await blob.read(range ?? undefined);
			Object.assign(set.headers, caching, {
				"accept-ranges": "bytes",
				"content-type": blob.mediaType,
				"content-disposition": isPicture(blob.mediaType) ? "inline" : "attachment",
				"content-security-policy": sandboxed,
				...(range === null ? {} : { "content-range": `bytes ${range.from}-${range.to - 1}/${blob.byteSize}` }),
			});
			return new Response(bytes, { status: range === null ? 200 : 206 });
		},
		{ params: BlobParam, detail: protectedDetail("blobs", "The bytes of a picture or file") },
	);
}
