import type { Queue } from "bullmq";
import type { Logger } from "pino";
import type { GuardedHttp } from "../../connectors/connector.ts";
import type { ConnectorRegistry } from "../../connectors/registry.ts";
import type { AsService } from "../../db/as-service.ts";
import type { AsTenant } from "../../db/as-tenant.ts";
import type { Principal } from "../../db/principal.ts";
import type { Identity } from "../../identity/identity.ts";
import type { Upstream } from "../../identity/upstream/upstream.ts";

/** What a deletion works with. */
export type DeletionDeps = {
	identity: Identity;
	database: { asTenant: AsTenant; asService: AsService };
	/** Takes a connection's access back, or knows where a person does it by hand. */
	connectors: ConnectorRegistry;
	http: GuardedHttp;
	/** The ways in by id, to take Sheaf's access back there. */
	upstreams: { get(id: string): Pick<Upstream, "revoke" | "grantsUrl"> | undefined };
	queues?: readonly Queue[];
	log: Pick<Logger, "warn" | "error">;
};

/** A person who has been marked, and the receipt that is being written. */
export type Deletion = { userId: string; receiptId: string };

/** The person as an acting member, which they still are until the last step. */
export function actingFor({ userId }: Deletion, workspaceId: string, role: Principal["role"]): Principal {
	return { userId, workspaceId, role, sessionId: null, deviceId: null };
}
