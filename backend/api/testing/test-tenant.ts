import type { Database, Transaction } from "../../db/connect.ts";

export type Tenant = { workspaceId: string; userId: string };

/**
 * Gives a tenant, who has signed in, a row of everything that has an address of its own, past the API.
 *
 * @returns the row's id by the resource's name in the path.
 */
export async function fillTenant(database: Database, tenant: Tenant): Promise<Record<string, string>> {
	const { workspaceId, userId } = tenant;
	return {
		workspaces: workspaceId,
		members: userId,
		...(await fillWorkspace(database, tenant)),
		...(await fillIdentity(database, tenant)),
	};
}

async function fillWorkspace(database: Database, { workspaceId, userId }: Tenant): Promise<Record<string, string>> {
	const [connectionId, targetId, recordId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()];
	const [bulkId, hookId, recipeId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()];
	const [selectionId, sha256] = [Bun.randomUUIDv7(), randomHash()];
	const mapping = '[{"from":"title","to":"fld1"}]';
	const principal = { workspaceId, userId, role: "owner", sessionId: null, deviceId: null } as const;
	await database.asTenant(principal, async (sql) => {
		await sql`
			insert into sheaf.connections (id, provider, name, account_id, account_label, credential_jwe)
			values (${connectionId}, 'airtable', 'Airtable', 'usr1', 'ada@example.test', 'sealed')`;
		await sql`
			insert into sheaf.targets (id, connection_id, name, container_id, container_name, table_id, table_name, mapping,
				columns, match_key, frequency, conflict_policy)
			values (${targetId}, ${connectionId}, 'Reading list', 'app1', 'Base', 'tbl1', 'Table', ${mapping}::text::jsonb, '[]',
				array['fld1'], 'on_capture', 'overwrite')`;
		await sql`
			insert into sheaf.records (id, kind, version, captured_at, source, fields, content_hash)
			values (${recordId}, 'page', 1, now(), '{"url":"https://example.test/","title":"Example"}', '{}', '\\x00')`;
		await sql`
			insert into sheaf.bulk_operations (id, kind, selection, target_ids, total, last_place)
			values (${bulkId}, 'retry', '{}', '{}', 1, 1)`;
		await sql`
			insert into sheaf.event_hooks (id, kind, address_jwe, shown, event_types)
			values (${hookId}, 'webhook', 'sealed', 'example.test/', array['record.delivered'])`;
		await insertRecipe(sql, recipeId);
		await sql`insert into sheaf.blobs_meta (sha256, byte_size, media_type) values (${sha256}, 1, 'image/png')`;
		await sql`
			insert into sheaf.selections (id, name, connection_id, place, table_name, source, mode, target_id)
			values (${selectionId}, 'Rows', ${connectionId}, '{"containerId":"app1","tableId":"tbl1"}', 'Rows', 's', 'all', ${targetId})`;
	});
	const places = {
		selections: selectionId,
		sources: connectionId,
		connections: connectionId,
		targets: targetId,
		records: recordId,
		blobs: sha256,
	};
	return { ...places, recipes: recipeId, bulk: bulkId, "event-hooks": hookId, hooks: hookId };
}

async function insertRecipe(sql: Transaction, id: string): Promise<void> {
	const field = { name: "price", type: "currency", selectors: [".price"] };
	const recipe = { name: "Shop", host: "shop.example", path: "/*", kind: "product", fields: [field] };
	await sql`insert into sheaf.recipes (id) values (${id})`;
	await sql`
		insert into sheaf.recipe_versions (recipe_id, version, recipe)
		values (${id}, 1, ${JSON.stringify(recipe)}::text::jsonb)`;
}

async function fillIdentity(database: Database, { workspaceId, userId }: Tenant): Promise<Record<string, string>> {
	const [person] = await database.asIdentity(
		(sql) => sql<{ sessionId: string; accountId: string }[]>`
			select s.id as session_id, a.id as account_id from sheaf.device_sessions s
			join sheaf.user_accounts a on a.user_id = s.user_id
			where s.user_id = ${userId}`,
	);
	if (!person) throw new Error("The tenant's person has never signed in.");
	const inviteId = Bun.randomUUIDv7();
	await database.asIdentity(
		(sql) => sql`
			insert into sheaf.workspace_invites (workspace_id, id, role, token_hash, invited_by, expires_at)
			values (${workspaceId}, ${inviteId}, 'member', sha256(convert_to(${inviteId}, 'UTF8')), ${userId},
				now() + interval '1 day')`,
	);
	return { invites: inviteId, sessions: person.sessionId, accounts: person.accountId };
}

/** As a picture's address has it, of bytes that nobody has. */
export function randomHash(): string {
	return new Bun.CryptoHasher("sha256").update(crypto.randomUUID()).digest("base64url");
}
