import type { Sql, TransactionSql } from "postgres";
import { inTransaction } from "./in-transaction.ts";

export type AsService = <Result>(reason: string, work: (sql: TransactionSql) => Promise<Result>) => Promise<Result>;

/** Told of every use, so that work across tenants leaves a trace. The reason is a constant of the code, never data. */
export type ServiceReasonLog = (reason: string) => void;

/**
 * Across tenants, and narrow for that reason: as `sheaf_service` one transaction sees which lanes have due deliveries, the
 * providers' budgets and in which workspaces somebody has connections, and no content. Column grants hold it to that.
 */
export function createAsService(pool: Sql, onReason: ServiceReasonLog = () => undefined): AsService {
	return async (reason, work) => {
		onReason(reason);
		return await inTransaction(pool, work);
	};
}
