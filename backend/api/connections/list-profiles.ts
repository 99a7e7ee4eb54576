import { Elysia } from "elysia";
import { listProfiles } from "../../connections/profiles.ts";
import { ProfileList } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getConnectionProfiles(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/connections/:id/profiles", ({ principal, params }) => listProfiles(deps, principal, params.id), {
			params: IdParam,
			response: ProfileList,
			detail: protectedDetail("connections", "The accounts that a login reaches, and which one is chosen"),
		});
}
