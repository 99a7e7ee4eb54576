import { OAuthError } from "../../../identity/oauth-error.ts";
import { grantForRefresh } from "../../../identity/tokens.ts";
import { metrics } from "../../../telemetry/metrics.ts";
import type { Grant } from "./grant.ts";

/** RFC 6749 §6. `workspace_id` asks for a token for another of the person's workspaces. */
export const refreshToken: Grant = {
	type: "refresh_token",
	redeem: async ({ identity }, { parameters, ...asker }) => {
		const refreshToken = parameters.required("refresh_token");
		const workspaceId = parameters.optional("workspace_id");
		try {
			const answer = await grantForRefresh(identity, { ...asker, refreshToken, workspaceId });
			metrics.count("sheaf_refreshes_total", { kind: "session", outcome: "ok" });
			return answer;
		} catch (error) {
			const outcome = error instanceof OAuthError ? "refused" : "failed";
			metrics.count("sheaf_refreshes_total", { kind: "session", outcome });
			throw error;
		}
	},
};
