import type { AsService } from "../db/as-service.ts";

export type LaneFigures = {
	/** Lanes with something due. */
	due: number;
	/** Those whose oldest delivery has been due for five minutes while nobody holds a lease in the lane. */
	stuck: number;
};

/** Several servers may ask for the same figures every few seconds, and each look goes over all targets. */
const freshMs = 10_000;

/**
 * Over all tenants and no content, for the operator (OBS-2): a lane that is due and that nobody serves means that no worker runs, or that
 * one cannot get through. A long backlog under way is not stuck.
 */
export function createLaneFigures(asService: AsService): () => Promise<LaneFigures> {
	let known: { at: number; figures: Promise<LaneFigures> } | undefined;
	return async () => {
		if (known === undefined || performance.now() - known.at > freshMs) {
			known = { at: performance.now(), figures: countLanes(asService) };
			known.figures.catch(() => {
				known = undefined;
			});
		}
		return await known.figures;
	};
}

async function countLanes(asService: AsService): Promise<LaneFigures> {
	return await asService("count the lanes that are due", async (sql) => {
		// As for the sweep: the order of the index, whatever the statistics say.
		const order = sql`set local enable_sort = off`;
		const counted = sql<LaneFigures[]>`
			select count(*)::integer as due,
				count(*) filter (where since < now() - interval '5 minutes' and not served)::integer as stuck
			from (
				select t.workspace_id, due.lane, min(due.next_attempt_at) as since, bool_or(exists (
					select 1 from sheaf.deliveries s
					where s.workspace_id = t.workspace_id and s.target_id = t.id and s.state = 'delivering'
						and s.lease_until > now())) as served
				from sheaf.targets t
				cross join lateral (
					select d.lane, d.next_attempt_at from sheaf.deliveries d
					where d.workspace_id = t.workspace_id and d.target_id = t.id and d.state in ('pending', 'delivering')
						and d.next_attempt_at <= now()
						and (d.state = 'pending' and t.status = 'active' or d.state = 'delivering' and d.lease_until < now())
					order by d.next_attempt_at limit 1
				) due
				group by t.workspace_id, due.lane
			) lanes`;
		const [, [figures]] = await Promise.all([order, counted]);
		return figures ?? { due: 0, stuck: 0 };
	});
}
