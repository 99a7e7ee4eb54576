import { Elysia } from "elysia";
import { SourceList } from "../../contract/selections.ts";
import { listSources } from "../../sources/browse-source.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getSources(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/sources", async ({ principal }) => ({ sources: await listSources(deps, principal) }), {
			response: SourceList,
			detail: protectedDetail("sources", "The accounts that records can be picked from"),
		});
}
