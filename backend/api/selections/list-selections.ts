import { Elysia } from "elysia";
import { SelectionList } from "../../contract/selections.ts";
import { listSelections } from "../../sources/selection-view.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getSelections(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get("/api/v1/selections", async ({ principal }) => ({ selections: await listSelections(deps, principal) }), {
			response: SelectionList,
			detail: protectedDetail("selections", "What is picked from where, the newest first"),
		});
}
