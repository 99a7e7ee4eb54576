import type { BulkFilter, BulkSelection } from "../contract/bulk.ts";
import type { Transaction } from "../db/connect.ts";
import { type BulkAim, bulkKinds } from "./kinds.ts";

/** What an operation is asked to do, and with which records. */
export type BulkRequest = BulkAim & { selection: BulkSelection };

/** A record without a delivery waits for a target, which is `stored` too. */
const statesOf = (status: BulkFilter["status"]): string[] | null =>
	status === undefined ? null : status === "stored" ? ["pending", "none"] : [status];

/**
 * The records (`r`) with their deliveries (`d`) that a request is about this moment, as a sub-select of `id, target_id, place_key,
 * remote_id`. With those that a selected one stands for, where the kind wants them: they would take its place else.
 *
 * `place_key` keeps the records of one row together, so that as a rule they are in one chunk.
 */
export function chosenRecords(sql: Transaction, request: BulkRequest) {
	const { about, withOlder } = bulkKinds[request.kind];
	const chosen = sql`
		select r.id, r.target_id, coalesce(r.superseded_by, r.id) as place_key, d.remote_id
		${recordsWithDelivery(sql)} and ${about(sql, request)} and ${matches(sql, request.selection)}`;
	if (!withOlder) return chosen;
	return sql`
		with picked as materialized (${chosen})
		select * from picked
		union
		select r.id, r.target_id, coalesce(r.superseded_by, r.id), d.remote_id
		${recordsWithDelivery(sql)} and ${about(sql, request)} and r.superseded_by is not null
			and r.superseded_by = any(array(select id from picked))`;
}

/** Looked up record by record (`lateral`): joined freely, the planner takes a fresh workspace for small and compares all with all. */
function recordsWithDelivery(sql: Transaction) {
	return sql`
		from sheaf.records r
		left join lateral (
			select d.state, d.intent, d.review, d.attempts, d.problem, d.remote_id from sheaf.deliveries d
			where d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id limit 1
		) d on true
		where r.workspace_id = (select sheaf.current_workspace())`;
}

function matches(sql: Transaction, selection: BulkSelection) {
	if ("ids" in selection) return sql`r.id = any(${[...new Set(selection.ids)]}::uuid[])`;
	const { targetId = null, status, kind = null, capturedFrom = null, capturedTo = null } = selection.filter;
	const states = statesOf(status);
	return sql`(${targetId}::uuid is null or r.target_id = ${targetId}::uuid)
		and (${states}::text[] is null or coalesce(d.state, 'none') = any(${states}::text[]))
		and (${kind}::text is null or r.kind = ${kind})
		and (${capturedFrom}::text is null or r.captured_at >= ${capturedFrom}::text::timestamptz)
		and (${capturedTo}::text is null or r.captured_at < ${capturedTo}::text::timestamptz)`;
}
