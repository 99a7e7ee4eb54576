import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { Uuid } from "../../contract/ids.ts";
import { RecordView } from "../../contract/records.ts";
import { retryRecord as sendAgain } from "../../records/retry-record.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function retryRecord(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post("/api/v1/records/:id/retry", ({ principal, params }) => sendAgain(deps, principal, params.id), {
			params: Type.Object({ id: Uuid }),
			response: RecordView,
			detail: protectedDetail("records", "Send a record now that waits or needs somebody"),
		});
}
