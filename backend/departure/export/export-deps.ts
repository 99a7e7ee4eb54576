import type { BlobStore } from "../../blobs/store/blob-store.ts";
import type { ConnectorRegistry } from "../../connectors/registry.ts";
import type { AsIdentity } from "../../db/as-identity.ts";
import type { AsTenant } from "../../db/as-tenant.ts";
import type { IdentityContext } from "../../identity/context.ts";

/** What an export reads with. */
export type ExportDeps = {
	identity: IdentityContext;
	database: { asTenant: AsTenant; asIdentity: AsIdentity };
	/** For the bytes of pictures and files. */
	blobStore: Pick<BlobStore, "read">;
	/** For the names of providers. */
	connectors: ConnectorRegistry;
};
