import { Elysia } from "elysia";
import { ReplicationToken } from "../../contract/live.ts";
import { SheafError } from "../../errors.ts";
import { verifyAccessToken } from "../../identity/access-tokens.ts";
import { replicationTokenSeconds, signReplicationToken } from "../../identity/replication-tokens.ts";
import { shapes } from "../../live/shapes.ts";
import type { RouteDeps } from "../app-deps.ts";
import { bearerToken } from "../plugins/authenticate.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** A token for a client of Electric's make: it opens this person's shapes for two minutes, and nothing else. */
export function postReplicationToken({ env, identity }: RouteDeps) {
	return new Elysia().use(requireAuth("records:read")).post(
		"/api/v1/replication/token",
		async ({ request }) => {
			if (env.live.electric === null)
				throw new SheafError("replication/not-offered", "This server has no replication service.");
			const claims = await verifyAccessToken(identity, bearerToken(request));
			return {
				token: await signReplicationToken(identity, claims),
				expiresAt: new Date(identity.now() + replicationTokenSeconds * 1_000).toISOString(),
				shapeUrl: `${env.publicUrl}/api/v1/electric/shape`,
				tables: Object.keys(shapes),
			};
		},
		{
			response: ReplicationToken,
			detail: protectedDetail("replication", "A short-lived token for the workspace's shapes"),
		},
	);
}
