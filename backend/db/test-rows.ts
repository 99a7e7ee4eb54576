import type { TransactionSql } from "postgres";

export type RowIds = { connection: string; target: string; record: string };

/** A row in every tenant table and the person's settings, through row-level security, as the transaction's principal. */
export async function fillWorkspace(sql: TransactionSql, ids: RowIds): Promise<void> {
	await insertConnection(sql, ids.connection);
	await insertTarget(sql, ids.target, ids.connection);
	await insertRecord(sql, ids.record, ids.target);
	await sql`
		insert into sheaf.operations (id, kind, record_id, content_hash)
		values (${ids.record}, 'record.put', ${ids.record}, '\\x00')`;
	await sql`
		insert into sheaf.deliveries (target_id, record_id, lane, version) values (${ids.target}, ${ids.record}, 'c/b', 1)`;
	await sql`
		insert into sheaf.delivery_attempts (target_id, record_id, lease_epoch, version)
		values (${ids.target}, ${ids.record}, 1, 1)`;
	await sql`
		insert into sheaf.audit_log (id, action, subject_type, subject_id, outcome)
		values (${ids.record}, 'record.put', 'record', ${ids.record}, 'stored')`;
	await insertEvents(sql, ids);
	await insertCounts(sql, ids);
	await insertBulk(sql, ids);
	await insertRecipe(sql, ids.record);
	await insertSelection(sql, ids);
	await insertBlob(sql, ids.record);
	await sql`
		insert into sheaf.watches (id, connection_id, provider, container_id, secret_jwe)
		values (${ids.record}, ${ids.connection}, 'airtable', 'app1', 'jwe')`;
	await sql`insert into sheaf.user_settings default values on conflict do nothing`;
	// The rows above have told of themselves, all but one too many.
	await sql`delete from sheaf.changes where subject <> 'records'`;
}

async function insertCounts(sql: TransactionSql, { target }: RowIds): Promise<void> {
	await sql`insert into sheaf.delivery_hours (target_id, hour) values (${target}, '2026-01-01')`;
	await sql`
		insert into sheaf.delivery_problems (target_id, hour, code, attempts)
		values (${target}, '2026-01-01', 'delivery/provider-busy', 1)`;
}

async function insertBulk(sql: TransactionSql, { record }: RowIds): Promise<void> {
	await sql`
		insert into sheaf.bulk_operations (id, kind, selection, target_ids, total, last_place)
		values (${record}, 'retry', '{}', '{}', 1, 1)`;
	await sql`insert into sheaf.bulk_records (operation_id, place, record_id) values (${record}, 1, ${record})`;
}

async function insertEvents(sql: TransactionSql, { record, target }: RowIds): Promise<void> {
	await sql`insert into sheaf.runs (id, target_id, cause) values (${record}, ${target}, 'manual')`;
	await sql`
		insert into sheaf.event_hooks (id, kind, address_jwe, shown, event_types)
		values (${record}, 'webhook', 'jwe', 'example.org', '{}')`;
	await sql`insert into sheaf.events (id, type, subject_id) values (${record}, 'record.delivered', ${record})`;
	await sql`insert into sheaf.event_deliveries (hook_id, event_id) values (${record}, ${record})`;
	await sql`insert into sheaf.target_triggers (target_id, public_id, secret_jwe) values (${target}, ${target}, 'jwe')`;
	await sql`insert into sheaf.trigger_messages (target_id, message_id) values (${target}, 'msg_1')`;
}

async function insertSelection(sql: TransactionSql, { connection, record, target }: RowIds): Promise<void> {
	await sql`
		insert into sheaf.selections (id, name, connection_id, place, table_name, source, mode, target_id)
		values (${record}, 'S', ${connection}, '{}', 'Table', 'c/app1/tbl1', 'all', ${target})`;
	await sql`insert into sheaf.selection_runs (id, selection_id, cause) values (${record}, ${record}, 'manual')`;
	await sql`
		insert into sheaf.source_rows (target_id, source, external_id, record_id, version, content_hash, fields, selection_id, run_id)
		values (${target}, 'c/app1/tbl1', 'rec1', ${record}, 1, '\\x00', '{}', ${record}, ${record})`;
}

async function insertBlob(sql: TransactionSql, id: string): Promise<void> {
	const sha256 = id.replaceAll("-", "").padEnd(43, "A");
	await sql`
		insert into sheaf.blobs_meta (sha256, byte_size, media_type, upload_id) values (${sha256}, 1, 'image/png', ${id})`;
	await sql`insert into sheaf.blob_parts (upload_id, starts_at, bytes) values (${id}, 0, '\\x00')`;
	await sql`insert into sheaf.device_blobs (sha256, device_id, device_name) values (${sha256}, ${id}, 'D')`;
	await sql`insert into sheaf.blob_removals (upload_id) values (${id})`;
}

async function insertRecipe(sql: TransactionSql, id: string): Promise<void> {
	await sql`insert into sheaf.recipes (id) values (${id})`;
	await sql`insert into sheaf.recipe_versions (recipe_id, version, recipe) values (${id}, 1, '{}')`;
}

export async function insertConnection(
	sql: TransactionSql,
	id: string,
	workspaceId: string | null = null,
): Promise<void> {
	const row = {
		id,
		provider: "airtable",
		name: "A",
		accountId: "usr1",
		accountLabel: "a",
		credentialJwe: "jwe",
		...(workspaceId === null ? {} : { workspaceId }),
	};
	await sql`insert into sheaf.connections ${sql(row)}`;
}

export async function insertTarget(sql: TransactionSql, id: string, connectionId: string): Promise<void> {
	await sql`
		insert into sheaf.targets (id, connection_id, name, container_id, container_name, table_id, table_name, mapping, columns,
			match_key, frequency, conflict_policy)
		values (${id}, ${connectionId}, 'T', 'app1', 'Base', 'tbl1', 'Table', '[]', '[]', '{fld1}', 'on_capture', 'overwrite')`;
}

export async function insertRecord(sql: TransactionSql, id: string, targetId: string | null): Promise<void> {
	await sql`
		insert into sheaf.records (id, kind, version, captured_at, source, fields, content_hash, target_id)
		values (${id}, 'page', 1, now(), '{}', '{}', '\\x00', ${targetId})`;
}
