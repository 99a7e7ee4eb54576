import type { Logger } from "pino";
import type { AsTenant } from "../db/as-tenant.ts";
import type { IdentityContext } from "../identity/context.ts";
import type { Doorbell } from "../records/ring-lanes.ts";
import type { BlobStore } from "./store/blob-store.ts";

/** What this room works with. */
export type BlobDeps = Doorbell & {
	database: { asTenant: AsTenant };
	identity: Pick<IdentityContext, "asIdentity" | "now">;
	blobStore: BlobStore;
	/** Of one workspace. */
	quotaBytes: number;
	log: Pick<Logger, "warn" | "error">;
};

/** As much as is needed where a whole upload goes to the store. */
export type FinishDeps = Pick<BlobDeps, "database" | "blobStore" | "ring" | "log">;
