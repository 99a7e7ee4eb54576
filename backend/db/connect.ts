import postgres, { type Sql, type TransactionSql } from "postgres";
import { metrics } from "../telemetry/metrics.ts";
import { type AsIdentity, createAsIdentity } from "./as-identity.ts";
import { type AsService, createAsService, type ServiceReasonLog } from "./as-service.ts";
import { type AsTenant, createAsTenant } from "./as-tenant.ts";
import { type DatabaseRole, roleUrl } from "./roles.ts";
import { type PoolName, watchTransaction } from "./watch-transactions.ts";

/**
 * The doors to the data. Column names arrive in camelCase; JSON values are left as they are stored. `bigint` columns
 * arrive as strings, timestamps as `Date`.
 */
export type Database = {
	asTenant: AsTenant;
	asIdentity: AsIdentity;
	asService: AsService;
	/** Resolves when every pool has answered a query; rejects with the driver's error. For `/readyz`. */
	ping(): Promise<void>;
	/** Waits for open transactions, at most `graceSeconds` (5), then closes every connection. */
	close(): Promise<void>;
};

export type DatabaseSettings = {
	/** Administrative address; only host, port, database and parameters of it are used here. */
	databaseUrl: string;
	databaseKey: string;
	/** Connections per pool, at most. */
	poolSizes?: Partial<Record<PoolName, number>>;
	onServiceReason?: ServiceReasonLog;
};

/** What a transaction hands to its work: postgres.js tagged templates bound to that transaction. */
export type Transaction = TransactionSql;

const graceSeconds = 5;
const usualSizes: Readonly<Record<PoolName, number>> = { api: 10, identity: 4, service: 2 };

/** Opens nothing yet: connections are made by the first query. */
export function connectDatabase(settings: DatabaseSettings): Database {
	const sizes = { ...usualSizes, ...settings.poolSizes };
	const pools = {
		api: openPool(settings, "sheaf_api", sizes.api),
		identity: openPool(settings, "sheaf_identity", sizes.identity),
		service: openPool(settings, "sheaf_service", sizes.service),
	};
	const all = Object.values(pools);
	const asTenant = createAsTenant(pools.api);
	const asIdentity = createAsIdentity(pools.identity);
	const asService = createAsService(pools.service, settings.onServiceReason);
	for (const [pool, size] of Object.entries(sizes)) metrics.set("sheaf_pool_connections_max", { pool }, size);
	return {
		asTenant: (principal, work) => watchTransaction("api", () => asTenant(principal, work)),
		asIdentity: (work) => watchTransaction("identity", () => asIdentity(work)),
		asService: (reason, work) => watchTransaction("service", () => asService(reason, work)),
		ping: async () => {
			await Promise.all(all.map((pool) => pool`select 1`));
		},
		close: async () => {
			await Promise.all(all.map((pool) => pool.end({ timeout: graceSeconds })));
		},
	};
}

function openPool({ databaseUrl, databaseKey }: DatabaseSettings, role: DatabaseRole, max: number): Sql {
	return postgres(roleUrl(databaseUrl, databaseKey, role), {
		max,
		// Only names: `postgres.camel` would rewrite the keys inside JSON values too, and those are people's data.
		transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
		connect_timeout: 5,
		idle_timeout: 300,
		// A restarted server is noticed within a second (promise I6) without a storm of connections.
		backoff: (attempt: number) => Math.min(0.1 * 2 ** attempt, 1),
		onnotice: () => undefined,
		connection: {
			application_name: role,
			statement_timeout: 30_000,
			lock_timeout: 10_000,
			idle_in_transaction_session_timeout: 60_000,
		},
	});
}
