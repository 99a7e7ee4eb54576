import type { Logger } from "pino";
import type { BlobStore } from "../blobs/store/blob-store.ts";
import type { GuardedDial, GuardedHttp } from "../connectors/connector.ts";
import type { FilesOf } from "../connectors/files.ts";
import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { Database } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import type { Vault } from "../vault/vault.ts";

/** What the engine is given by the composition root, or by a test. */
export type EngineDeps = {
	database: Pick<Database, "asTenant" | "asService" | "asIdentity">;
	vault: Pick<Vault, "open" | "seal">;
	connectors: ConnectorRegistry;
	http: GuardedHttp;
	/** For connectors that open sockets of their own. */
	dial?: GuardedDial;
	/** For connectors that read files of the workspace. */
	files?: FilesOf;
	/** Where the bytes of pictures are; without it records with one wait. */
	blobStore?: Pick<BlobStore, "read">;
	ring: (lane: { workspaceId: string; lane: string }) => Promise<void>;
	log: Pick<Logger, "debug" | "info" | "warn" | "error">;
};

const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * The engine acting in a workspace. It owns nothing: every row it adds names the owner of the row it is about, so that it
 * needs no user of its own.
 */
export function workerOf(workspaceId: string): Principal {
	return { userId: nobody, workspaceId, role: "worker", sessionId: null, deviceId: null };
}
