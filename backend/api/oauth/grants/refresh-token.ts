import { grantForRefresh } from "../../../identity/tokens.ts";
import type { Grant } from "./grant.ts";

/** RFC 6749 §6. `workspace_id` asks for a token for another of the person's workspaces. */
export const refreshToken: Grant = {
	type: "refresh_token",
	redeem: ({ identity }, { parameters, ...asker }) =>
		grantForRefresh(identity, {
			...asker,
			refreshToken: parameters.required("refresh_token"),
			workspaceId: parameters.optional("workspace_id"),
		}),
};
