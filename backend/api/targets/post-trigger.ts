import { Elysia } from "elysia";
import { TriggerCreated } from "../../contract/events.ts";
import { renewTrigger } from "../../events/triggers.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postTargetTrigger(deps: RouteDeps) {
	const { publicUrl } = deps.env;
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post(
			"/api/v1/targets/:id/trigger",
			({ principal, params }) => renewTrigger({ ...deps, publicUrl }, principal, params.id),
			{
				params: IdParam,
				response: TriggerCreated,
				detail: protectedDetail(
					"targets",
					"Make an address that starts its run, or make it anew; its secret is answered once",
				),
			},
		);
}
