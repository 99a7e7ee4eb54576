import type { Transaction } from "../db/connect.ts";
import { matchKeyEmpty } from "../targets/match-key-empty.ts";
import type { Chunk, Failure } from "./kinds.ts";

/** What failed goes out again, as if "Try again" had been pressed for each. */
export async function retryChunk(sql: Transaction, { recordIds }: Chunk): Promise<Failure[]> {
	return await makeDue(sql, recordIds, ["needs_you", "pending"]);
}

/** Everything goes out again, what is there already too. */
export async function resendChunk(sql: Transaction, { recordIds }: Chunk): Promise<Failure[]> {
	return await makeDue(sql, recordIds, ["needs_you", "pending", "delivered"]);
}

type DueRow = { recordId: string; supersededBy: string | null };

/**
 * Makes deliveries of these states due now, whatever their target's schedule: a person asked for it. One that another record stands for
 * waits under that one, which goes out in its place. Nothing of a target that is paused is lost: it is due once that goes on.
 *
 * @returns those whose match key is empty: only an edit helps them
 */
export async function makeDue(sql: Transaction, recordIds: string[], states: readonly string[]): Promise<Failure[]> {
	const due = await sql<DueRow[]>`
		with due as (
			update sheaf.deliveries d
			set state = 'pending', attempts = 0, problem = null, conflict = null, match_key = r.match_key, updated_at = now(),
				next_attempt_at = case when r.superseded_by is null then now() else 'infinity' end
			from sheaf.records r
			where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${recordIds}::uuid[])
				and d.workspace_id = r.workspace_id and d.record_id = any(${recordIds}::uuid[])
				and d.target_id = r.target_id and d.record_id = r.id and d.state = any(${[...states]}::text[]) and r.match_key is not null and d.review is distinct from 'waiting'
			returning d.record_id, r.superseded_by
		), touched as (
			update sheaf.records set updated_at = now()
			where workspace_id = (select sheaf.current_workspace()) and id in (select record_id from due)
		)
		select record_id, superseded_by from due`;
	await sendHeads(sql, due);
	return await keyless(sql, recordIds);
}

/** What has been delivered for these rows goes out once more, so that what waits under it is folded in. */
async function sendHeads(sql: Transaction, due: readonly DueRow[]): Promise<void> {
	const headIds = [...new Set(due.flatMap(({ supersededBy }) => supersededBy ?? []))];
	if (headIds.length === 0) return;
	await sql`
		update sheaf.deliveries d set state = 'pending', attempts = 0, updated_at = now(), next_attempt_at = now()
		where d.workspace_id = (select sheaf.current_workspace()) and d.record_id = any(${headIds}::uuid[]) and d.state = 'delivered'
			and d.intent = 'put'`;
}

async function keyless(sql: Transaction, recordIds: string[]): Promise<Failure[]> {
	const rows = await sql<{ id: string }[]>`
		select r.id from sheaf.records r
		join sheaf.deliveries d on d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id
		where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${recordIds}::uuid[])
			and d.record_id = any(${recordIds}::uuid[]) and r.match_key is null and d.intent = 'put'`;
	return rows.map(({ id }) => ({ recordId: id, problem: matchKeyEmpty }));
}
