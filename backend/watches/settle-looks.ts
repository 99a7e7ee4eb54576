import type { Transaction } from "../db/connect.ts";
import { lockWrites } from "../records/write-lock.ts";

/** How a delivered row was found. */
export type Found = {
	recordId: string;
	epoch: string;
	state: "changed" | "gone" | null;
	/** When it was changed, where the provider says so. */
	changedAt: string | null;
	seen: Record<string, string>;
	nextLookMs: number;
};

/**
 * Writes what a look found, with one statement. A row that was claimed for a delivery since then is left alone, also when that is over
 * by now: the epoch says so. Records whose standing is another than before count as changed, so that lists show them.
 */
export async function settleLooks(
	sql: Transaction,
	{ targetId, found }: { targetId: string; found: readonly Found[] },
): Promise<void> {
	await lockWrites(sql);
	const json = JSON.stringify(
		found.map(({ seen, ...row }) => ({ ...row, seen: Object.keys(seen).length > 0 ? seen : null })),
	);
	await sql`
		with looks as (
			select * from jsonb_to_recordset(${json}::text::jsonb)
				as x("recordId" uuid, epoch bigint, state text, "changedAt" timestamptz, seen jsonb, "nextLookMs" float8)
		), noted as (
			update sheaf.deliveries d
			set remote_checked_at = now(), remote_state = l.state, remote_seen = coalesce(l.seen, d.remote_seen),
				remote_look_at = now() + l."nextLookMs" * interval '1 millisecond',
				remote_changed_at = case
					when l.state is null then null
					when l.state = d.remote_state then coalesce(l."changedAt", d.remote_changed_at)
					else coalesce(greatest(l."changedAt", d.delivered_at), now()) end
			from looks l
			where d.workspace_id = sheaf.current_workspace() and d.target_id = ${targetId} and d.record_id = l."recordId"
				and d.state = 'delivered' and d.lease_epoch = l.epoch
			returning d.record_id, old.remote_state is distinct from d.remote_state as turned
		)
		update sheaf.records set updated_at = now()
		where workspace_id = sheaf.current_workspace() and id in (select record_id from noted where turned)`;
}

/** Nothing was found out: the rows are looked at again after this time. */
export async function postponeLooks(
	sql: Transaction,
	{ targetId, recordIds, forMs }: { targetId: string; recordIds: readonly string[]; forMs: number },
): Promise<void> {
	await lockWrites(sql);
	await sql`
		update sheaf.deliveries set remote_look_at = now() + ${forMs} * interval '1 millisecond'
		where workspace_id = sheaf.current_workspace() and target_id = ${targetId} and state = 'delivered'
			and record_id = any(${[...recordIds]}::uuid[])`;
}

/** A notice named these rows: they are looked at in the next round. */
export async function hintRows(
	sql: Transaction,
	{ connectionId, containerId, remoteIds }: { connectionId: string; containerId: string; remoteIds: readonly string[] },
): Promise<void> {
	if (remoteIds.length === 0) return;
	await lockWrites(sql);
	await sql`
		update sheaf.deliveries d set remote_look_at = now()
		from sheaf.targets t
		where t.workspace_id = sheaf.current_workspace() and t.connection_id = ${connectionId}
			and ${containerId} in (t.container_id, '')
			and d.workspace_id = t.workspace_id and d.target_id = t.id and d.state = 'delivered'
			and d.remote_id = any(${[...remoteIds]}::text[]) and d.remote_look_at is not null`;
}
