import { Elysia } from "elysia";
import { TargetCompare, TargetComparison } from "../../contract/compare.ts";
import { compareRows } from "../../targets/compare-rows.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** For those who may send: what comes next is sending the rows. */
export function postTargetCompare(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post(
			"/api/v1/targets/:id/compare",
			({ principal, params, body }) => compareRows(deps, principal, { targetId: params.id, rows: body.rows }),
			{
				params: IdParam,
				body: TargetCompare,
				response: TargetComparison,
				detail: protectedDetail(
					"targets",
					"Which of these rows are new there, changed or already there; writes nothing",
				),
			},
		);
}
