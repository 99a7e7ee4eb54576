import type { BulkView } from "../contract/bulk.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { readOperation } from "./bulk-view.ts";

/**
 * Stops an operation: the chunk at work is finished, the next one is not begun. What was handed over stays so. One that has ended stays as
 * it is.
 *
 * @throws SheafError `bulk/not-found`
 */
export async function stopBulk(
	{ database }: { database: { asTenant: AsTenant } },
	principal: Principal,
	id: string,
): Promise<BulkView> {
	return await database.asTenant(principal, async (sql) => {
		// Waits for the row, which a chunk holds until it is committed.
		await sql`
			with stopped as (
				update sheaf.bulk_operations set status = 'stopped', finished_at = now(), updated_at = now()
				where workspace_id = sheaf.current_workspace() and id = ${id} and status = 'running'
				returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'bulk.stop', 'bulk', id, 'stored' from stopped`;
		return await readOperation(sql, id);
	});
}
