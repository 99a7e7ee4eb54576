import { Elysia } from "elysia";
import { readAnalytics } from "../../audit/read-analytics.ts";
import { Analytics, AnalyticsQuery } from "../../contract/activity.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getAnalytics(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.get("/api/v1/analytics", ({ principal, query }) => readAnalytics(deps, principal, query), {
			query: AnalyticsQuery,
			response: Analytics,
			detail: protectedDetail("activity", "Deliveries, failures and waiting times, day by day"),
		});
}
