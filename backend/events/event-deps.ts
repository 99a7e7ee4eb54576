import type { GuardedHttp } from "../connectors/connector.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Vault } from "../vault/vault.ts";

/** What managing hooks and triggers is given. */
export type HookDeps = {
	database: { asTenant: AsTenant };
	vault: Vault;
	http: GuardedHttp;
};
