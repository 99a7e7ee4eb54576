import type { BulkDetail, BulkFailure, BulkView } from "../contract/bulk.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { readOperation, readOperations } from "./bulk-view.ts";

type Deps = { database: { asTenant: AsTenant } };

const maxFailures = 100;

/** The workspace's operations, the newest first, with how far each is. */
export async function listBulk({ database }: Deps, principal: Principal): Promise<BulkView[]> {
	return await database.asTenant(principal, async (sql) => await readOperations(sql));
}

/**
 * One operation with its first failures.
 *
 * @throws SheafError `bulk/not-found`
 */
export async function getBulk({ database }: Deps, principal: Principal, id: string): Promise<BulkDetail> {
	return await database.asTenant(principal, async (sql) => {
		const operation = await readOperation(sql, id);
		return { ...operation, failures: operation.failed === 0 ? [] : await readFailures(sql, id) };
	});
}

async function readFailures(sql: Transaction, id: string): Promise<BulkFailure[]> {
	return await sql<BulkFailure[]>`
		select b.record_id, coalesce(r.source->>'title', '') as title, b.problem
		from sheaf.bulk_records b
		left join sheaf.records r on r.workspace_id = b.workspace_id and r.id = b.record_id
		where b.workspace_id = (select sheaf.current_workspace()) and b.operation_id = ${id} and b.problem is not null
		order by b.place limit ${maxFailures}`;
}
