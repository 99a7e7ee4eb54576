import { Elysia } from "elysia";
import { Entitlements } from "../../contract/users.ts";
import { readSession } from "../../identity/profile.ts";
import { guestEntitlements } from "../../workspaces/entitlements.ts";
import type { RouteDeps } from "../app-deps.ts";
import { optionalDetail } from "../plugins/protected-detail.ts";
import { optionalAuth } from "../plugins/require-auth.ts";

/** ID-9: what is there for whoever asks, and why something is not. */
export function getEntitlements({ identity }: RouteDeps) {
	return new Elysia()
		.use(optionalAuth())
		.get(
			"/api/v1/entitlements",
			async ({ principal }) =>
				principal === null ? guestEntitlements : (await readSession(identity, principal)).entitlements,
			{ response: Entitlements, detail: optionalDetail("users", "What a guest or this session may do") },
		);
}
