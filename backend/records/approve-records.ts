import type { RecordApproval } from "../contract/records.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { targetNotFound } from "../targets/read-targets.ts";
import { type Doorbell, ringLanes } from "./ring-lanes.ts";
import { sendAgain } from "./write-batch.ts";
import { lockWrites } from "./write-lock.ts";

type Deps = Doorbell & { database: { asTenant: AsTenant } };

/**
 * Lets records out that wait for review: named ones, or all that wait at a target. Due at once, whatever the target's schedule: somebody
 * has just said so. Ids that name nothing that waits are passed over.
 *
 * @returns how many were waiting
 * @throws SheafError `targets/not-found`, also for another workspace's target
 */
export async function approveRecords(
	deps: Deps,
	principal: Principal,
	approval: RecordApproval,
): Promise<{ approved: number }> {
	const approved = await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		if ("targetId" in approval) await requireTarget(sql, approval.targetId);
		const released = await release(sql, approval, principal.sessionId);
		// What another record stands for is folded under that one, so it is that one which has to go out.
		await sendAgain(
			sql,
			released.flatMap(({ supersededBy }) => supersededBy ?? []),
		);
		return released;
	});
	ringLanes(deps, principal.workspaceId, new Set(approved.map(({ lane }) => lane)));
	return { approved: approved.length };
}

async function requireTarget(sql: Transaction, id: string): Promise<void> {
	const found = await sql`select from sheaf.targets where workspace_id = sheaf.current_workspace() and id = ${id}`;
	if (found.length === 0) throw targetNotFound();
}

type Released = { recordId: string; lane: string; supersededBy: string | null };

/** One that needs the person for another reason, or is on its way in an earlier version, is noted as approved and stays as it is. */
async function release(
	sql: Transaction,
	approval: RecordApproval,
	sessionId: string | null,
): Promise<readonly Released[]> {
	const targetId = "targetId" in approval ? approval.targetId : null;
	const ids = "ids" in approval ? approval.ids : null;
	return await sql<Released[]>`
		with approved as (
			update sheaf.deliveries d
			set review = 'approved', updated_at = now(), next_attempt_at = case
				when d.state <> 'pending' then d.next_attempt_at
				when r.superseded_by is null then now() else 'infinity' end
			from sheaf.records r
			where d.workspace_id = sheaf.current_workspace() and d.review = 'waiting'
				and (${targetId}::uuid is null or d.target_id = ${targetId}::uuid)
				and (${ids}::uuid[] is null or d.record_id = any(${ids}::uuid[]))
				and r.workspace_id = d.workspace_id and r.id = d.record_id and r.target_id = d.target_id
			returning d.record_id, d.lane, r.superseded_by
		), touched as (
			update sheaf.records set updated_at = now()
			where workspace_id = sheaf.current_workspace() and id in (select record_id from approved)
		), audited as (
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${sessionId}::uuid, 'record.approve', 'record', record_id, 'stored' from approved
		)
		select record_id, lane, superseded_by from approved`;
}
