import { Elysia } from "elysia";
import { TargetList } from "../../contract/targets.ts";
import { listTargets } from "../../targets/read-targets.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getTargets(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get("/api/v1/targets", async ({ principal }) => ({ targets: await listTargets(deps, principal) }), {
			response: TargetList,
			detail: protectedDetail("targets", "Tables that records go to"),
		});
}
