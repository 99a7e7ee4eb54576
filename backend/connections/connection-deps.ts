import type { GuardedDial, GuardedHttp } from "../connectors/connector.ts";
import type { FilesOf } from "../connectors/files.ts";
import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { AsIdentity } from "../db/as-identity.ts";
import type { AsService } from "../db/as-service.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Doorbell } from "../records/ring-lanes.ts";
import type { Vault } from "../vault/vault.ts";

/** What the functions of this room and of `targets/` are given. */
export type ConnectionDeps = Doorbell & {
	/** `asService` for the providers' budgets, which all workspaces share; `asIdentity` for the names of those who connected. */
	database: { asTenant: AsTenant; asService: AsService; asIdentity: AsIdentity };
	vault: Vault;
	connectors: ConnectorRegistry;
	http: GuardedHttp;
	/** For connectors that open sockets of their own. */
	dial?: GuardedDial;
	/** For connectors that read files of the workspace. */
	files?: FilesOf;
};
