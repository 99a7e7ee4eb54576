import { Elysia } from "elysia";
import { readActivity } from "../../audit/read-activity.ts";
import { ActivityPage, ActivityQuery } from "../../contract/activity.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getActivity(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("records:read"))
		.get("/api/v1/activity", ({ principal, query }) => readActivity(deps, principal, query), {
			query: ActivityQuery,
			response: ActivityPage,
			detail: protectedDetail("activity", "What was changed in this workspace, by whom and when, the newest first"),
		});
}
