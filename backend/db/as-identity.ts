import type { Sql, TransactionSql } from "postgres";
import { inTransaction } from "./in-transaction.ts";

export type AsIdentity = <Result>(work: (sql: TransactionSql) => Promise<Result>) => Promise<Result>;

/**
 * People, sessions, keys and memberships: one transaction as `sheaf_identity`, which sees no connection, target or record.
 * For the rooms `identity/` and `workspaces/`, before there is a principal.
 */
export function createAsIdentity(pool: Sql): AsIdentity {
	return async (work) => await inTransaction(pool, work);
}
