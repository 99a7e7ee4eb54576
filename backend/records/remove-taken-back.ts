import type { Transaction } from "../db/connect.ts";
import { readMembers } from "./read-state.ts";
import { standing } from "./supersede.ts";
import { applyStanding, sendAgain } from "./write-batch.ts";

/**
 * Records whose row was taken back at their destination: they go, and the older ones that they had overtaken stand for their rows again
 * and go out again. Under the write lock.
 */
export async function removeTakenBack(sql: Transaction, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
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
