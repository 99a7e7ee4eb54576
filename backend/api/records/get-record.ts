import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { Uuid } from "../../contract/ids.ts";
import { RecordView } from "../../contract/records.ts";
import { getRecord as readRecord } from "../../records/list-records.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getRecord(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.get("/api/v1/records/:id", ({ principal, params }) => readRecord(deps, principal, params.id), {
			params: Type.Object({ id: Uuid }),
			response: RecordView,
			detail: protectedDetail("records", "One record and where it is"),
		});
}
