import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";

/**
 * The target itself is wrong (its table or a column is gone): it pauses with the reason, and its records wait.
 *
 * @param changedAt the state of the target that the verdict is about: one that was mended since is left alone
 */
export async function pauseTarget(
	sql: Transaction,
	{ targetId, changedAt, problem }: { targetId: string; changedAt: string; problem: RecordProblem },
): Promise<void> {
	await sql`
		with paused as (
			update sheaf.targets
			set status = 'paused', problem = ${JSON.stringify(problem)}::text::jsonb, updated_at = now()
			where workspace_id = sheaf.current_workspace() and id = ${targetId} and status = 'active' and updated_at::text = ${changedAt}
			returning id, owner_id
		)
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		select owner_id, 'target.pause', 'target', id, 'mend_target' from paused`;
}

/**
 * Records that rested after failed attempts go out now; those of a manual target go on waiting for its run. Returns the lanes
 * to ring.
 */
export async function sendWaiting(sql: Transaction, targetIds: readonly string[]): Promise<string[]> {
	const rows = await sql<{ lane: string }[]>`
		with due as (
			update sheaf.deliveries set next_attempt_at = least(next_attempt_at, now()), attempts = 0, updated_at = now()
			where workspace_id = sheaf.current_workspace() and target_id = any(${targetIds}::uuid[]) and state = 'pending'
				and next_attempt_at < 'infinity'
			returning lane
		)
		select distinct lane from due`;
	return rows.map(({ lane }) => lane);
}
