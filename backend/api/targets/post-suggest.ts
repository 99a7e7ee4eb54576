import { Elysia } from "elysia";
import { TargetSuggest, TargetSuggestion } from "../../contract/targets.ts";
import { suggestTarget } from "../../targets/discover-for-target.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postTargetSuggest(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/targets/suggest", ({ principal, body }) => suggestTarget(deps, principal, body), {
			body: TargetSuggest,
			response: TargetSuggestion,
			detail: protectedDetail("targets", "Which captured field fits which column"),
		});
}
