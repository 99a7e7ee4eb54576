import { Elysia } from "elysia";
import { SelectionPatch, SelectionView } from "../../contract/selections.ts";
import { updateSelection } from "../../sources/save-selection.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function patchSelection(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.patch(
			"/api/v1/selections/:id",
			({ principal, params, body }) => updateSelection(deps, principal, { id: params.id, patch: body }),
			{
				params: IdParam,
				body: SelectionPatch,
				response: SelectionView,
				detail: protectedDetail("selections", "Change, pause or resume a selection"),
			},
		);
}
