import type { Database } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import type { TestTarget } from "../targets/test-target.ts";

/**
 * So many records that have waited for a target for an hour, put there by one statement as if they had been accepted one by one. Their
 * addresses are `https://backlog.test/<target>/<n>`.
 */
export async function fillBacklog(
	{ asTenant }: Pick<Database, "asTenant">,
	principal: Principal,
	{ targetId, lane, count, from = 1 }: Pick<TestTarget, "targetId" | "lane"> & { count: number; from?: number },
): Promise<void> {
	await asTenant(principal, async (sql) => {
		await sql`
			with numbered as (
				select gen_random_uuid() as id, 'https://backlog.test/' || ${targetId}::text || '/' || n as url, n
				from generate_series(${from}::integer, ${from + count - 1}::integer) n
			), recorded as (
				insert into sheaf.records
					(id, kind, version, captured_at, source, fields, content_hash, target_id, match_key, created_at)
				select id, 'page', 1, now() - interval '1 hour', jsonb_build_object('url', url, 'title', 'Waiting'),
					jsonb_build_object(
						'title', jsonb_build_object('type', 'text', 'value', 'Waiting ' || n),
						'url', jsonb_build_object('type', 'url', 'value', url)),
					'\\x00'::bytea, ${targetId}, url, now() - interval '1 hour'
				from numbered
				returning id, match_key, captured_at
			)
			insert into sheaf.deliveries
				(target_id, record_id, lane, version, match_key, next_attempt_at, accepted_at, created_at)
			select ${targetId}, id, ${lane}, 1, match_key, captured_at, captured_at, captured_at from recorded`;
	});
}
