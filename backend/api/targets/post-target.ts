import { Elysia } from "elysia";
import { TargetCreate, TargetView } from "../../contract/targets.ts";
import { createTarget } from "../../targets/create-target.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postTarget(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/targets", ({ principal, body }) => createTarget(deps, principal, body), {
			body: TargetCreate,
			response: TargetView,
			detail: protectedDetail("targets", "Make a target of a table; mapping and match key are checked against it"),
		});
}
