import { Elysia } from "elysia";
import { RecordApproval, RecordsApproved } from "../../contract/records.ts";
import { approveRecords } from "../../records/approve-records.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postRecordsApprove(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:write"))
		.post("/api/v1/records/approve", ({ principal, body }) => approveRecords(deps, principal, body), {
			body: RecordApproval,
			response: RecordsApproved,
			detail: protectedDetail("records", "Let records go out that wait for review"),
		});
}
