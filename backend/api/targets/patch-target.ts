import { Elysia } from "elysia";
import { TargetPatch, TargetView } from "../../contract/targets.ts";
import { updateTarget } from "../../targets/update-target.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function patchTarget(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.patch(
			"/api/v1/targets/:id",
			({ principal, params, body }) => updateTarget(deps, principal, { id: params.id, patch: body }),
			{
				params: IdParam,
				body: TargetPatch,
				response: TargetView,
				detail: protectedDetail("targets", "Change, pause or resume a target"),
			},
		);
}
