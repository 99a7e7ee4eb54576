import type { GuardedHttp } from "../connectors/connector.ts";
import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Doorbell } from "../records/ring-lanes.ts";
import type { Vault } from "../vault/vault.ts";

/** What the functions of this room and of `targets/` are given. */
export type ConnectionDeps = Doorbell & {
	database: { asTenant: AsTenant };
	vault: Vault;
	connectors: ConnectorRegistry;
	http: GuardedHttp;
};
