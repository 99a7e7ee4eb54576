import { Elysia } from "elysia";
import { TriggerView } from "../../contract/events.ts";
import { readTrigger } from "../../events/triggers.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getTargetTrigger(deps: RouteDeps) {
	const { publicUrl } = deps.env;
	return new Elysia()
		.use(requireAuth("targets:write"))
		.get(
			"/api/v1/targets/:id/trigger",
			({ principal, params }) => readTrigger({ ...deps, publicUrl }, principal, params.id),
			{
				params: IdParam,
				response: TriggerView,
				detail: protectedDetail("targets", "The address that starts its run, without its secret"),
			},
		);
}
