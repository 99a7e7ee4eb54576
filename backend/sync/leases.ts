import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import { workerOf } from "./engine-deps.ts";

/**
 * How long a claimed row is one run's alone. Shorter than the 10 s after which the queue gives a killed worker's job to another,
 * so that the rows are free when it comes (promise I6: within 15 s).
 */
export const leaseSeconds = 8;

/**
 * Rows whose lease ran out go back, and their attempts are closed as `unknown`: the provider may or may not have taken them,
 * and the upsert makes either right. Before the claim and not in it, because the index that allows one row per key
 * in flight is checked row by row.
 */
export async function releaseCutOff(sql: Transaction, laneText: string): Promise<void> {
	await sql`
		with cut_off as (
			select d.target_id, d.record_id, r.superseded_by
			from sheaf.deliveries d
			join sheaf.records r on r.workspace_id = d.workspace_id and r.id = d.record_id
			where d.lane = ${laneText} and d.state = 'delivering' and d.lease_until < now()
			for update of d skip locked
		), released as (
			update sheaf.deliveries d
			set state = 'pending', lease_owner = null, lease_until = null, attempts = d.attempts + 1, updated_at = now(),
				next_attempt_at = case
					when d.intent <> 'put' then d.next_attempt_at
					when c.superseded_by is not null or d.review = 'waiting' then 'infinity'
					else d.next_attempt_at end
			from cut_off c where d.target_id = c.target_id and d.record_id = c.record_id
			returning d.target_id, d.record_id, d.lease_epoch
		)
		update sheaf.delivery_attempts a set closed_at = now(), outcome = 'unknown', reason = 'cut off'
		from released r
		where a.target_id = r.target_id and a.record_id = r.record_id and a.lease_epoch = r.lease_epoch
			and a.closed_at is null`;
}

/** Keeps the rows of one run its own while it works on them. A row that is locked this moment is renewed the next time. */
export async function renewLeases(
	asTenant: AsTenant,
	{ workspaceId, leaseOwner }: { workspaceId: string; leaseOwner: string },
): Promise<void> {
	await asTenant(workerOf(workspaceId), async (sql) => {
		await sql`
			with held as (
				select target_id, record_id from sheaf.deliveries
				where state = 'delivering' and lease_owner = ${leaseOwner} for update skip locked
			)
			update sheaf.deliveries d set lease_until = now() + make_interval(secs => ${leaseSeconds})
			from held h where d.target_id = h.target_id and d.record_id = h.record_id`;
	});
}
