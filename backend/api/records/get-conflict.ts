import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { RecordConflict } from "../../contract/conflicts.ts";
import { Uuid } from "../../contract/ids.ts";
import { readConflict } from "../../records/read-conflict.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getRecordConflict(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.get("/api/v1/records/:id/conflict", ({ principal, params }) => readConflict(deps, principal, params.id), {
			params: Type.Object({ id: Uuid }),
			response: RecordConflict,
			detail: protectedDetail("records", "What is there and what was captured, column by column, while a record asks"),
		});
}
