import type { RecordView } from "../contract/records.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { getRecord, recordNotFound } from "./list-records.ts";
import { type Doorbell, ringLanes } from "./ring-lanes.ts";
import { sendAgain } from "./write-batch.ts";
import { lockWrites } from "./write-lock.ts";

type Deps = Doorbell & { database: { asTenant: AsTenant } };

/**
 * Gives a record another go at once: one that needs the person, one that waits for its next attempt, or one whose row was deleted
 * there, which makes it anew. Pressed by a person, so it sends a record of a manual target too.
 *
 * @throws SheafError `records/not-found`; `records/not-retryable` when there is nothing to send (already there, on its way,
 *   or without a target), when its match key is empty and only an edit helps, or when it waits for review
 */
export async function retryRecord(deps: Deps, principal: Principal, id: string): Promise<RecordView> {
	const lane = await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		return await makeDue(sql, { id, sessionId: principal.sessionId });
	});
	ringLanes(deps, principal.workspaceId, [lane]);
	return await getRecord(deps, principal, id);
}

async function makeDue(sql: Transaction, { id, sessionId }: { id: string; sessionId: string | null }): Promise<string> {
	const [record] = await sql<{ supersededBy: string | null }[]>`
		select superseded_by from sheaf.records where workspace_id = sheaf.current_workspace() and id = ${id}`;
	if (record === undefined) throw recordNotFound();
	const [due] = await sql<{ lane: string }[]>`
		with due as (
			update sheaf.deliveries d
			set state = 'pending', attempts = 0, problem = null, updated_at = now(),
				next_attempt_at = case when r.superseded_by is null or d.intent <> 'put' then now() else 'infinity' end
			from sheaf.records r
			where r.workspace_id = sheaf.current_workspace() and r.id = ${id} and r.workspace_id = d.workspace_id and d.record_id = r.id and d.target_id = r.target_id
				and (d.state in ('needs_you', 'pending') or d.state = 'delivered' and d.remote_state = 'gone')
				and d.match_key is not null
				and d.review is distinct from 'waiting'
			returning d.lane
		), touched as (
			update sheaf.records set updated_at = now()
			where workspace_id = sheaf.current_workspace() and id = ${id} and exists (select 1 from due)
		), audited as (
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${sessionId}::uuid, 'record.retry', 'record', ${id}::uuid, 'stored' from due
		)
		select lane from due`;
	if (due === undefined) {
		throw new SheafError("records/not-retryable", "This record has nothing to send right now.");
	}
	// What another record stands for is folded under that one, so it is that one which has to go out.
	if (record.supersededBy !== null) await sendAgain(sql, [record.supersededBy]);
	return due.lane;
}
