import type { Transaction } from "../db/connect.ts";
import { type Group, readMembers } from "../records/read-state.ts";
import { type Member, standing } from "../records/supersede.ts";
import { applyStanding } from "../records/write-batch.ts";

type Place = { targetId: string | null; matchKey: string | null };

/** A record with where it was and where it belongs now; `to` null: nowhere, it goes. */
export type Placed = Place & { id: string; capturedAt: Date; to: Place | null };

/**
 * Writes targets and match keys of records and says anew who stands for each row they come to or leave (OUT-5), those outside of the
 * chunk included. Records that go (`to` null) are only left out; whoever calls deletes them.
 */
export async function standAnew(sql: Transaction, placed: readonly Placed[]): Promise<void> {
	if (placed.length === 0) return;
	const touched = new Set(placed.map(({ id }) => id));
	const members = placed.flatMap(({ id, capturedAt, to }): Member[] => {
		const group = groupIn(to);
		return group === null ? [] : [{ id, capturedAtMs: capturedAt.getTime(), ...group }];
	});
	const left = placed.flatMap((row) => groupIn(row) ?? []);
	const stored = await readMembers(sql, [...members, ...left], touched);
	const stand = standing(members, stored);
	const staying = placed.flatMap(({ id, to }) =>
		to === null
			? []
			: [{ id, target_id: to.targetId, match_key: to.matchKey, head: stand.supersededBy.get(id) ?? null }],
	);
	if (staying.length > 0) {
		await sql`
			update sheaf.records r
			set target_id = x.target_id, match_key = x.match_key, superseded_by = x.head, updated_at = now()
			from jsonb_to_recordset(${JSON.stringify(staying)}::text::jsonb)
				as x(id uuid, target_id uuid, match_key text, head uuid)
			where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${staying.map(({ id }) => id)}::uuid[])
				and r.id = x.id`;
	}
	await applyStanding(sql, stand);
}

function groupIn(place: Place | null): Group | null {
	if (place === null || place.targetId === null || place.matchKey === null) return null;
	return { targetId: place.targetId, matchKey: place.matchKey };
}
