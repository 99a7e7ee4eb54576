import type { Transaction } from "../db/connect.ts";
import type { WriteTarget } from "../records/read-state.ts";
import { laneText } from "../targets/lane.ts";
import { matchKeyEmpty } from "../targets/match-key-empty.ts";
import type { Chunk } from "./kinds.ts";

/** What of a target a record that comes to it has to know. */
export type PlaceTarget = WriteTarget & { review: boolean };

/**
 * What the records were to be at the targets they leave, before they leave them. Where rows are to go too, the delivery of a record that
 * stands for its row stays to remove it; the row of an older capture is the row of the one that stands for it.
 */
export async function leaveDeliveries(sql: Transaction, { recordIds, remoteRows }: Chunk): Promise<void> {
	await sql`
		with old as (
			select d.target_id, d.record_id, ${remoteRows} and d.remote_id is not null and r.superseded_by is null as removes
			from sheaf.records r
			join sheaf.deliveries d on d.workspace_id = r.workspace_id and d.record_id = r.id and d.target_id = r.target_id
			where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${recordIds}::uuid[])
				and d.record_id = any(${recordIds}::uuid[])
		), gone as (
			delete from sheaf.deliveries d using old
			where d.workspace_id = (select sheaf.current_workspace()) and d.record_id = any(${recordIds}::uuid[])
				and d.target_id = old.target_id and d.record_id = old.record_id
				and not old.removes
		)
		update sheaf.deliveries d
		set intent = 'remove', state = 'pending', attempts = 0, problem = null, conflict = null, next_attempt_at = now(), updated_at = now()
		from old
		where d.workspace_id = (select sheaf.current_workspace()) and d.record_id = any(${recordIds}::uuid[])
			and d.target_id = old.target_id and d.record_id = old.record_id and old.removes`;
}

/** Deliveries at the target that the records have now, by the rules of a capture: its schedule and its review hold. */
export async function deliverTo(
	sql: Transaction,
	{ target, recordIds }: { target: PlaceTarget; recordIds: string[] },
): Promise<void> {
	const { review: held } = target;
	const waits = held || target.frequency !== "on_capture";
	await sql`
		insert into sheaf.deliveries as d (owner_id, target_id, record_id, lane, state, version, match_key, next_attempt_at, problem, review)
		select r.owner_id, r.target_id, r.id, ${laneText(target)}, case when r.match_key is null then 'needs_you' else 'pending' end,
			r.version, r.match_key,
			case when r.match_key is null or r.superseded_by is not null or ${waits} then 'infinity' else now() end,
			case when r.match_key is null then ${JSON.stringify(matchKeyEmpty)}::text::jsonb end,
			case when ${held} then 'waiting' end
		from sheaf.records r
		where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${recordIds}::uuid[])
		on conflict (workspace_id, target_id, record_id) do update set
			intent = 'put', state = excluded.state, version = excluded.version, match_key = excluded.match_key, attempts = 0,
			next_attempt_at = excluded.next_attempt_at, problem = excluded.problem, review = excluded.review, updated_at = now()
		where d.state <> 'delivering'`;
}
