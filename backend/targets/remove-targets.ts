import type { ConnectionDeps } from "../connections/connection-deps.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { lockWrites } from "../records/write-lock.ts";
import { pauseSelections } from "../sources/pause-selections.ts";
import { targetNotFound } from "./read-targets.ts";

/**
 * Deletes a target. Its records are kept as `stored` with no target and can be given another; rows already at the provider stay
 * there.
 *
 * @throws SheafError `targets/not-found`
 */
export async function deleteTarget(
	deps: Pick<ConnectionDeps, "database">,
	principal: Principal,
	id: string,
): Promise<void> {
	await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		const removed = await removeTargets(sql, { ids: [id], sessionId: principal.sessionId });
		if (removed === 0) throw targetNotFound();
	});
}

const targetGone: RecordProblem = {
	code: "selections/target-gone",
	message: "The target of this selection was deleted. Choose another one, and it goes on.",
	action: "edit",
};

/** Under the write lock. Selections that go there pause until they are given another target. Deliveries go with their target; what stood for a row stands for nothing any more. */
export async function removeTargets(
	sql: Transaction,
	{ ids, sessionId }: { ids: readonly string[]; sessionId: string | null },
): Promise<number> {
	if (ids.length === 0) return 0;
	await sql`
		update sheaf.records set target_id = null, match_key = null, superseded_by = null, updated_at = now()
		where workspace_id = sheaf.current_workspace() and target_id = any(${ids}::uuid[])`;
	await pauseSelections(sql, { targetIds: ids }, targetGone);
	const removed = await sql`
		with removed as (
			delete from sheaf.targets where workspace_id = sheaf.current_workspace() and id = any(${ids}::uuid[])
			returning id
		)
		insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
		select ${sessionId}::uuid, 'target.delete', 'target', id, 'stored' from removed
		returning subject_id`;
	return removed.length;
}
