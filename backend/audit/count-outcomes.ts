import type { Transaction } from "../db/connect.ts";
import { waitBoundsMs } from "./wait-buckets.ts";

/**
 * Two parts of the statement that settles a batch: it counts its own results into the hour (SYNC-8). Reads `settled` with
 * `outcome`, `reason` and `due_since`; one row per target and hour is written, however many records there are.
 */
export function countOutcomes(sql: Transaction, targetId: string) {
	const bounds = [...waitBoundsMs];
	return sql`
		counted as (
			insert into sheaf.delivery_hours as h (owner_id, target_id, hour, delivered, refused, retried, waits)
			select t.owner_id, t.id, date_trunc('hour', now(), 'UTC'), s.delivered, s.refused, s.retried, array(
				select count(w.record_id)::integer
				from generate_series(0, ${bounds.length}::integer) place
				left join settled w on w.outcome = 'delivered' and place
					= width_bucket(extract(epoch from now() - coalesce(w.due_since, now()))::float8 * 1000, ${bounds}::float8[])
				group by place order by place)
			from sheaf.targets t
			cross join (
				select count(*) filter (where outcome = 'delivered')::integer as delivered,
					count(*) filter (where outcome = 'refused')::integer as refused,
					count(*) filter (where outcome not in ('delivered', 'refused') and reason is not null)::integer as retried
				from settled
			) s
			where t.id = ${targetId} and s.delivered + s.refused + s.retried > 0
			on conflict (workspace_id, target_id, hour) do update set
				delivered = h.delivered + excluded.delivered, refused = h.refused + excluded.refused,
				retried = h.retried + excluded.retried, waits = array(
					select coalesce(u.before, 0) + coalesce(u.added, 0)
					from unnest(h.waits, excluded.waits) with ordinality u(before, added, place) order by place)
		), explained as (
			insert into sheaf.delivery_problems as p (owner_id, target_id, hour, code, attempts)
			select t.owner_id, t.id, date_trunc('hour', now(), 'UTC'), s.reason, count(*)::integer
			from settled s join sheaf.targets t on t.id = ${targetId}
			where s.reason is not null group by t.owner_id, t.id, s.reason order by s.reason
			on conflict (workspace_id, target_id, hour, code) do update set attempts = p.attempts + excluded.attempts
		)`;
}
