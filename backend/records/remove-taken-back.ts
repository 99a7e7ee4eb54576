import type { Transaction } from "../db/connect.ts";
import { readMembers } from "./read-state.ts";
import { standing } from "./supersede.ts";
import { applyStanding, sendAgain } from "./write-batch.ts";

/**
 * Records whose row was taken back at their destination: they go, and the older ones that they had overtaken stand for their rows again
 * and go out again. A record that belongs to another target by now was moved there: it stays, and only what was left here goes. Under
 * the write lock.
 *
 * @param targetId where the rows were
 */
export async function removeTakenBack(
	sql: Transaction,
	{ targetId, recordIds }: { targetId: string; recordIds: readonly string[] },
): Promise<void> {
	if (recordIds.length === 0) return;
	const moved = await sql<{ id: string }[]>`
		delete from sheaf.deliveries d using sheaf.records r
		where d.workspace_id = sheaf.current_workspace() and d.target_id = ${targetId} and d.record_id = any(${recordIds}::uuid[])
			and r.workspace_id = d.workspace_id and r.id = d.record_id and r.target_id is distinct from d.target_id
		returning r.id`;
	const stay = new Set(moved.map(({ id }) => id));
	const ids = recordIds.filter((id) => !stay.has(id));
	const gone = await sql<{ targetId: string | null; matchKey: string | null }[]>`
		select target_id, match_key from sheaf.records
		where workspace_id = sheaf.current_workspace() and id = any(${ids}::uuid[])`;
	const groups = gone.flatMap(({ targetId, matchKey }) =>
		targetId === null || matchKey === null ? [] : [{ targetId, matchKey }],
	);
	const left = standing([], await readMembers(sql, groups, new Set(ids)));
	await sql`delete from sheaf.records where workspace_id = sheaf.current_workspace() and id = any(${ids}::uuid[])`;
	await applyStanding(sql, left);
	await sendAgain(
		sql,
		left.repointed.flatMap(({ id, supersededBy }) => (supersededBy === null ? [id] : [])),
	);
}
