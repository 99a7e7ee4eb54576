import { Elysia } from "elysia";
import { DeviceKey } from "../../contract/sessions.ts";
import { readDeviceKey } from "../../identity/device-keys.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getDeviceKey({ identity }: RouteDeps) {
	return new Elysia()
		.use(requireAuth())
		.get("/api/v1/users/me/device-key", async ({ principal }) => ({ key: await readDeviceKey(identity, principal) }), {
			response: DeviceKey,
			detail: protectedDetail("users", "The key that this device seals this person's records with at sign-out"),
		});
}
