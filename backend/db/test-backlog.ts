import postgres from "postgres";
import type { Principal } from "./principal.ts";
import type { TestDatabase } from "./test-database.ts";

/**
 * So many records that have waited for a target for an hour, put there by one statement as if they had been accepted one by one. Their
 * addresses are `https://backlog.test/<target>/<n>`. Past row-level security and foreign keys, which would take most of the time.
 */
export async function fillBacklog(
	{ url }: Pick<TestDatabase, "url">,
	{ workspaceId, userId }: Principal,
	{ targetId, lane, count, from = 1 }: { targetId: string; lane: string; count: number; from?: number },
): Promise<void> {
	const admin = postgres(url, { max: 1, onnotice: () => undefined });
	try {
		await admin.begin(async (sql) => {
			await sql`set local session_replication_role = replica`;
			await sql`
				with numbered as (
					select gen_random_uuid() as id, 'https://backlog.test/' || ${targetId}::text || '/' || n as url, n,
						now() - interval '1 hour' as since
					from generate_series(${from}::integer, ${from + count - 1}::integer) n
				), recorded as (
					insert into sheaf.records
						(workspace_id, owner_id, id, kind, version, captured_at, source, fields, content_hash, target_id, match_key,
						created_at, updated_at)
					select ${workspaceId}, ${userId}, id, 'page', 1, since, jsonb_build_object('url', url, 'title', 'Waiting'),
						jsonb_build_object(
							'title', jsonb_build_object('type', 'text', 'value', 'Waiting ' || n),
							'url', jsonb_build_object('type', 'url', 'value', url)),
						'\\x00'::bytea, ${targetId}, url, since,
						since + n * interval '1 millisecond'
					from numbered
					returning id, match_key, captured_at
				)
				insert into sheaf.deliveries
					(workspace_id, owner_id, target_id, record_id, lane, version, match_key, next_attempt_at, accepted_at, created_at)
				select ${workspaceId}, ${userId}, ${targetId}, id, ${lane}, 1, match_key, captured_at, captured_at, captured_at
				from recorded`;
		});
	} finally {
		await admin.end();
	}
}
