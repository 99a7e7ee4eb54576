import { Elysia } from "elysia";
import { dropPresence } from "../../blobs/presence.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";
import { BlobParam } from "./blob-params.ts";

export function deletePresence(deps: RouteDeps) {
	return new Elysia().use(requireAuth("records:write")).delete(
		"/api/v1/blobs/:sha256/presence",
		async ({ principal, params, set }) => {
			await dropPresence(deps, principal, params.sha256);
			set.status = 204;
		},
		{ params: BlobParam, detail: protectedDetail("blobs", "This device has dropped its copy") },
	);
}
