import { Elysia } from "elysia";
import { chooseProfile } from "../../connections/profiles.ts";
import { ConnectionView, ProfileChoice } from "../../contract/connections.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function putConnectionProfile(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:write"))
		.put(
			"/api/v1/connections/:id/profile",
			({ principal, params, body }) => chooseProfile(deps, principal, { id: params.id, profileId: body.profileId }),
			{
				params: IdParam,
				body: ProfileChoice,
				response: ConnectionView,
				detail: protectedDetail("connections", "Choose which of a login's accounts a connection works with"),
			},
		);
}
