import { Elysia } from "elysia";
import { SettingsView } from "../../contract/settings.ts";
import { readSettings } from "../../settings/user-settings.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getSettings(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.get("/api/v1/users/me/settings", ({ principal }) => readSettings(deps, principal), {
			response: SettingsView,
			detail: protectedDetail("users", "The person's settings, the same on every device"),
		});
}
