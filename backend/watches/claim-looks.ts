import type { TableField } from "../contract/connections.ts";
import type { AsService } from "../db/as-service.ts";
import type { Transaction } from "../db/connect.ts";
import { lockWrites } from "../records/write-lock.ts";
import type { KnownRow } from "./compare-row.ts";

export type DueTarget = { workspaceId: string; targetId: string; provider: string };

/** In one round; what is left is due in the next. */
const atMost = 20;
/** Until the look is settled, or its worker was killed. */
const leaseMinutes = 5;

/**
 * Targets with delivered rows that are to be looked at, over all tenants. Deliveries come first: one that is due in the lane keeps its
 * targets from being looked at.
 */
export async function findDueTargets(asService: AsService, providers: readonly string[]): Promise<DueTarget[]> {
	return await asService("find targets whose rows are to be looked at", async (sql) => [
		...(await sql<DueTarget[]>`
			select t.workspace_id, t.id as target_id, c.provider
			from sheaf.targets t
			join sheaf.connections c on c.workspace_id = t.workspace_id and c.id = t.connection_id
			cross join lateral (
				select d.remote_look_at, d.lane from sheaf.deliveries d
				where d.workspace_id = t.workspace_id and d.target_id = t.id and d.state = 'delivered' and d.remote_look_at <= now()
				order by d.remote_look_at limit 1
			) look
			where t.status = 'active' and c.provider = any(${[...providers]})
				and c.status in ('healthy', 'expiring', 'failing', 'schema_changed')
				and not exists (
					select from sheaf.targets o
					cross join lateral (
						select from sheaf.deliveries p
						where p.workspace_id = o.workspace_id and p.target_id = o.id and p.state in ('pending', 'delivering')
							and p.next_attempt_at <= now()
						limit 1
					) pending
					where o.workspace_id = t.workspace_id and o.connection_id = t.connection_id
						and o.container_id = t.container_id and o.status = 'active')
			order by look.remote_look_at limit ${atMost}`),
	]);
}

export type LookedRow = KnownRow & { recordId: string; epoch: string; remoteId: string; ageMs: number };

export type LookTarget = {
	id: string;
	connectionId: string;
	containerId: string;
	tableId: string;
	matchKey: string[];
	columns: TableField[];
	/** Whether the provider tells of its changes. */
	watched: boolean;
};

export type Look = { target: LookTarget; rows: LookedRow[] };

/**
 * Takes the rows of a target that are to be looked at, the longest due first, and with them what would soon be due. Nobody else looks at
 * them for some minutes. Null when there are none.
 *
 * @param togetherMs how soon what is looked at along may be due
 */
export async function claimLooks(
	sql: Transaction,
	{ targetId, maxRows, togetherMs }: { targetId: string; maxRows: number; togetherMs: number },
): Promise<Look | null> {
	await lockWrites(sql);
	const [target] = await sql<LookTarget[]>`
		select t.id, t.connection_id, t.container_id, t.table_id, t.match_key, t.columns, exists (
			select from sheaf.watches w
			where w.workspace_id = t.workspace_id and w.connection_id = t.connection_id and w.state = 'open'
				and w.container_id in (t.container_id, '')) as watched
		from sheaf.targets t
		where t.workspace_id = sheaf.current_workspace() and t.id = ${targetId} and t.status = 'active'`;
	if (target === undefined) return null;
	const rows = await sql<(LookedRow & { shown: boolean })[]>`
		with due as (
			select d.workspace_id, d.target_id, d.record_id, d.remote_id is not null and r.superseded_by is null as shown
			from sheaf.deliveries d
			join sheaf.records r on r.workspace_id = d.workspace_id and r.id = d.record_id
			where d.workspace_id = sheaf.current_workspace() and d.target_id = ${targetId} and d.state = 'delivered'
				and d.remote_look_at <= now() + ${togetherMs} * interval '1 millisecond'
			order by d.remote_look_at
			limit ${maxRows}
			for update of d skip locked
		)
		update sheaf.deliveries d
		set remote_look_at = case when due.shown then now() + make_interval(mins => ${leaseMinutes}) end
		from due
		where d.workspace_id = due.workspace_id and d.target_id = due.target_id and d.record_id = due.record_id
		returning d.record_id, d.lease_epoch as epoch, d.remote_id, d.base, d.remote_seen as seen, due.shown,
			(extract(epoch from now() - coalesce(d.delivered_at, d.created_at)) * 1000)::float8 as age_ms`;
	// What another record stands for is looked at under that one, if at all.
	const looked = rows.filter(({ shown }) => shown);
	return looked.length === 0 ? null : { target, rows: looked };
}
