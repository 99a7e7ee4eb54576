import { metrics } from "../telemetry/metrics.ts";
import { isRowRefused } from "./row-refused.ts";

export type PoolName = "api" | "identity" | "service";

const open: Record<PoolName, number> = { api: 0, identity: 0, service: 0 };

/**
 * Counts a transaction while it is open or waits for a connection (more than the pool has: it is exhausted), times those on tenant
 * data, and counts what row-level security refused (OBS-2).
 */
export async function watchTransaction<Result>(pool: PoolName, begin: () => Promise<Result>): Promise<Result> {
	const startedAt = performance.now();
	move(pool, 1);
	try {
		return await begin();
	} catch (error) {
		if (isRowRefused(error)) metrics.count("sheaf_rls_denials_total", {});
		throw error;
	} finally {
		move(pool, -1);
		if (pool === "api") {
			metrics.observe("sheaf_tenant_transaction_seconds", {}, (performance.now() - startedAt) / 1_000);
		}
	}
}

function move(pool: PoolName, by: number): void {
	open[pool] += by;
	metrics.set("sheaf_pool_transactions", { pool }, open[pool]);
}
