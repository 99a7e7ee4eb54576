import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { RecordDecision } from "../../contract/conflicts.ts";
import { Uuid } from "../../contract/ids.ts";
import { RecordView } from "../../contract/records.ts";
import { decideConflict } from "../../records/decide-conflict.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postRecordDecision(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post(
			"/api/v1/records/:id/decision",
			({ principal, params, body }) => decideConflict(deps, principal, { id: params.id, decision: body }),
			{
				params: Type.Object({ id: Uuid }),
				body: RecordDecision,
				response: RecordView,
				detail: protectedDetail("records", "Choose which values stay, or which row a record is, and send it again"),
			},
		);
}
