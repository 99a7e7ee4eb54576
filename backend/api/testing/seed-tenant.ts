import postgres from "postgres";
import type { TestDatabase } from "../../db/test-database.ts";

export type Tenant = { workspaceId: string; userId: string };

/**
 * Gives a tenant a row of everything that has an address of its own, past the API.
 *
 * @returns the row's id by the resource's name in the path.
 */
export async function seedTenant(testDatabase: TestDatabase, tenant: Tenant): Promise<Record<string, string>> {
	const ids = { connections: Bun.randomUUIDv7(), targets: Bun.randomUUIDv7(), records: Bun.randomUUIDv7() };
	const admin = postgres(testDatabase.url, { max: 1, onnotice: () => undefined });
	const owned = { workspace_id: tenant.workspaceId, owner_id: tenant.userId };
	await admin`insert into sheaf.connections ${admin({
		...owned,
		id: ids.connections,
		provider: "airtable",
		name: "Airtable",
		account_id: "usr1",
		account_label: "ada@example.test",
		credential_jwe: "sealed",
	})}`;
	await admin`
		insert into sheaf.targets (workspace_id, owner_id, id, connection_id, name, container_id, container_name, table_id,
			table_name, mapping, columns, match_key, frequency, conflict_policy)
		values (${tenant.workspaceId}, ${tenant.userId}, ${ids.targets}, ${ids.connections}, 'Reading list', 'app1', 'Base',
			'tbl1', 'Table', '[]', '[]', array['fld1'], 'on_capture', 'overwrite')`;
	await admin`
		insert into sheaf.records (workspace_id, owner_id, id, kind, version, captured_at, source, fields, content_hash)
		values (${tenant.workspaceId}, ${tenant.userId}, ${ids.records}, 'page', 1, now(),
			'{"url":"https://example.test/","title":"Example"}', '{}', '\\x00')`;
	await admin.end();
	return ids;
}
