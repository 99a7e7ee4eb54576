import { Elysia } from "elysia";
import { WritesBatchRequest, WritesBatchResponse } from "../../contract/writes.ts";
import { acceptWrites } from "../../records/accept-writes.ts";
import { now } from "../../telemetry/tracing.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";
import { traceAccepted } from "./trace-accepted.ts";

export function postBatch(deps: RouteDeps) {
	return new Elysia().use(requireAuth("records:write")).post(
		"/api/v1/writes/batch",
		async ({ principal, body }) => {
			const arrivedMs = now();
			const results = await acceptWrites(deps, principal, body.operations);
			deps.metrics.observe("sheaf_flush_seconds", {}, (now() - arrivedMs) / 1_000);
			traceAccepted(body.operations, results, arrivedMs);
			return { results };
		},
		{
			body: WritesBatchRequest,
			response: WritesBatchResponse,
			detail: protectedDetail("writes", "Send up to 500 operations; each is answered by itself"),
		},
	);
}
