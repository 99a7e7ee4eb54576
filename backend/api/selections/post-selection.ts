import { Elysia } from "elysia";
import { SelectionCreate, SelectionView } from "../../contract/selections.ts";
import { createSelection } from "../../sources/save-selection.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postSelection(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/selections", ({ principal, body }) => createSelection(deps, principal, body), {
			body: SelectionCreate,
			response: SelectionView,
			detail: protectedDetail("selections", "Save what is to be picked; a run picks it"),
		});
}
