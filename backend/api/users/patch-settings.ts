import { Elysia } from "elysia";
import { SettingsPatch, SettingsView } from "../../contract/settings.ts";
import { patchSettings } from "../../settings/user-settings.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function patchMySettings(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.patch("/api/v1/users/me/settings", ({ principal, body }) => patchSettings(deps, principal, body), {
			body: SettingsPatch,
			response: SettingsView,
			detail: protectedDetail("users", "Merge a patch into the settings (RFC 7396); answers with all of them"),
		});
}
