import type { ConnectorRegistry } from "../../connectors/registry.ts";
import type { AsIdentity } from "../../db/as-identity.ts";
import type { AsTenant } from "../../db/as-tenant.ts";
import type { IdentityContext } from "../../identity/context.ts";

/** What an export reads with. */
export type ExportDeps = {
	identity: IdentityContext;
	database: { asTenant: AsTenant; asIdentity: AsIdentity };
	/** For the names of providers. */
	connectors: ConnectorRegistry;
};
