import { Elysia } from "elysia";
import { WayInList } from "../../contract/ways-in.ts";
import { waysThrough } from "../../identity/upstream/registry.ts";
import type { RouteDeps } from "../app-deps.ts";

/** What somebody may sign in with at this backend, for everyone: a person who has no account yet asks first. */
export function getWays({ upstreams }: RouteDeps) {
	const ways = [{ id: "password", title: "E-mail and password" }, ...waysThrough(upstreams)];
	return new Elysia().get("/api/v1/auth/ways", () => ({ ways }), {
		response: WayInList,
		detail: { tags: ["auth"], summary: "The ways to sign in at this backend" },
	});
}
