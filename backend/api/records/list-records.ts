import { Elysia } from "elysia";
import { RecordPage, RecordQuery } from "../../contract/records.ts";
import { listRecords as readRecords } from "../../records/list-records.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function listRecords(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.get("/api/v1/records", ({ principal, query }) => readRecords(deps, principal, query), {
			query: RecordQuery,
			response: RecordPage,
			detail: protectedDetail("records", "The workspace's records, the newest change first"),
		});
}
