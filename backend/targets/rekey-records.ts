import type { Fields } from "../contract/fields.ts";
import type { Transaction } from "../db/connect.ts";
import { type MatchRule, matchKeyOf } from "./match-key.ts";
import { matchKeyEmpty } from "./match-key-empty.ts";

const pageSize = 1_000;
const firstId = "00000000-0000-0000-0000-000000000000";

/**
 * A target's mapping or match key changed, so that other records may be the same row now: computes every record's key anew, then
 * who stands for each row, then what waits. What needed the person is tried again, because the mapping may have been what was
 * wrong. Rows already delivered stay where they are; nothing is deleted at the provider, but for what is being taken back already. Under
 * the write lock.
 */
export async function rekeyRecords(sql: Transaction, target: MatchRule & { id: string }): Promise<void> {
	let afterId = firstId;
	for (;;) {
		const page = await sql<{ id: string; fields: Fields; matchKey: string | null }[]>`
			select id, fields, match_key from sheaf.records
			where workspace_id = sheaf.current_workspace() and target_id = ${target.id} and id > ${afterId} order by id limit ${pageSize}`;
		const changed = page.flatMap(({ id, fields, matchKey }) => {
			const key = matchKeyOf(fields, target);
			return key === matchKey ? [] : [{ id, key }];
		});
		if (changed.length > 0) {
			await sql`
				update sheaf.records r set match_key = x.key
				from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as x(id uuid, key text)
				where r.workspace_id = sheaf.current_workspace() and r.id = x.id`;
		}
		const last = page.at(-1);
		if (last === undefined || page.length < pageSize) break;
		afterId = last.id;
	}
	await standAnew(sql, target.id);
	await waitAnew(sql, target.id);
}

/** The same rule as `records/supersede.ts`, over the whole target. */
async function standAnew(sql: Transaction, targetId: string): Promise<void> {
	await sql`
		with heads as (
			select id, first_value(id) over (
				partition by coalesce(match_key, id::text) order by captured_at desc, id desc) as head_id
			from sheaf.records where workspace_id = sheaf.current_workspace() and target_id = ${targetId}
		)
		update sheaf.records r set superseded_by = nullif(h.head_id, h.id), updated_at = now()
		from heads h where r.workspace_id = sheaf.current_workspace() and r.id = h.id and r.superseded_by is distinct from nullif(h.head_id, h.id)`;
}

async function waitAnew(sql: Transaction, targetId: string): Promise<void> {
	await sql`
		update sheaf.deliveries d
		set match_key = r.match_key, attempts = 0, updated_at = now(),
			state = case when r.match_key is null then 'needs_you' else 'pending' end,
			problem = case when r.match_key is null then ${JSON.stringify(matchKeyEmpty)}::text::jsonb end,
			next_attempt_at = case
				when r.match_key is null or r.superseded_by is not null or t.frequency <> 'on_capture' or d.review = 'waiting'
					then 'infinity'
				else now() end
		from sheaf.records r, sheaf.targets t
		where d.workspace_id = sheaf.current_workspace() and d.target_id = ${targetId} and d.state in ('pending', 'needs_you')
			and d.intent = 'put' and r.workspace_id = d.workspace_id and r.id = d.record_id
			and t.workspace_id = d.workspace_id and t.id = d.target_id`;
}
