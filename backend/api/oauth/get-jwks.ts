import { Elysia } from "elysia";
import type { RouteDeps } from "../app-deps.ts";

/** The public keys of access tokens (RFC 7517), for whoever verifies them without asking us. */
export function getJwks({ identity }: RouteDeps) {
	return new Elysia().get(
		"/oauth/jwks",
		async ({ set }) => {
			set.headers["cache-control"] = "public, max-age=60";
			return await identity.keys.publicJwks();
		},
		{ detail: { tags: ["oauth"], summary: "Public keys of access tokens" } },
	);
}
