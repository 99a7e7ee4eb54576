import type { Sql, TransactionSql } from "postgres";
import { inTransaction } from "./in-transaction.ts";
import type { Principal } from "./principal.ts";

export type AsTenant = <Result>(
	principal: Principal,
	work: (sql: TransactionSql) => Promise<Result>,
) => Promise<Result>;

/**
 * The only way to tenant data (TEN-1): one transaction as `sheaf_api` whose first statement makes the principal's settings
 * local to it. COMMIT and ROLLBACK both clear them, so a pooled connection carries nothing over. Commits when `work` resolves,
 * rolls back when it rejects. Statements name the workspace themselves (`workspace_id = sheaf.current_workspace()`), so that row-level
 * security is the second lock and not the only one. Never await the network inside: the connection is held all the while.
 */
export function createAsTenant(pool: Sql): AsTenant {
	return async (principal, work) =>
		await inTransaction(pool, async (sql) => {
			await sql`select
				set_config('app.user_id', ${principal.userId}, true),
				set_config('app.workspace_id', ${principal.workspaceId}, true),
				set_config('app.role', ${principal.role}, true)`;
			return await work(sql);
		});
}
