import type { Sql, TransactionSql } from "postgres";
import type { Principal } from "../principal.ts";
import type { DatabaseRole } from "../roles.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { fillWorkspace } from "../test-rows.ts";
import { createTestTenant } from "../test-tenant.ts";

/**
 * A database in which every grant is given to every role, so that policies alone decide, with one row of everything for each of two
 * tenants.
 */
export type Scene = { fixture: TestDatabase; anna: Principal; bert: Principal };

export async function createScene(): Promise<Scene> {
	const fixture = await createTestDatabase();
	const [anna, bert] = [await createTestTenant(fixture.database), await createTestTenant(fixture.database)];
	for (const principal of [anna, bert]) {
		const ids = { connection: Bun.randomUUIDv7(), target: Bun.randomUUIDv7(), record: Bun.randomUUIDv7() };
		await fixture.database.asTenant(principal, (sql) => fillWorkspace(sql, ids));
		await fillIdentityTables(fixture, principal);
	}
	return { fixture, anna, bert };
}

async function fillIdentityTables({ database }: TestDatabase, { workspaceId, userId }: Principal): Promise<void> {
	const hash = Buffer.from(userId);
	const sessionId = Bun.randomUUIDv7();
	await database.asIdentity(async (sql) => {
		await sql`
			insert into sheaf.device_sessions (id, user_id, workspace_id, client_id, device_id, device_name, refresh_token_hash,
				dpop_thumbprint, expires_at, absolute_expires_at)
			values (${sessionId}, ${userId}, ${workspaceId}, 'sheaf-extension', ${Bun.randomUUIDv7()}, 'A browser',
				${hash}, 'a thumbprint', now() + interval '1 day', now() + interval '1 day')`;
		await sql`
			insert into sheaf.workspace_invites (workspace_id, id, role, token_hash, invited_by, expires_at)
			values (${workspaceId}, ${Bun.randomUUIDv7()}, 'member', ${hash}, ${userId}, now() + interval '1 day')`;
		await sql`
			insert into sheaf.connection_flows (ticket_hash, state_hash, user_id, session_id, workspace_id, provider, redirect_uri,
				expires_at)
			values (${hash}, ${hash}, ${userId}, ${sessionId}, ${workspaceId}, 'airtable', 'https://example.org/',
				now() + interval '1 day')`;
	});
}

/** Who asks: a database role, and for the API's the settings of its transaction. */
export type Actor = { role: DatabaseRole; principal: Principal | null };

/** From here on the transaction is the actor's. It was begun by the administrator, who may become anybody. */
export async function actAs(sql: TransactionSql, { role, principal }: Actor): Promise<void> {
	await sql`select
		set_config('app.user_id', ${principal?.userId ?? ""}, true),
		set_config('app.workspace_id', ${principal?.workspaceId ?? ""}, true),
		set_config('app.role', ${principal?.role ?? ""}, true)`;
	await sql.unsafe(`set local role ${role}`);
}

/**
 * Gives every right on every table to the roles, so that only the policies are left: those of the table that is looked at, and not of
 * the one to which the triggers write.
 */
export async function grantEverything(admin: Sql): Promise<void> {
	for (const { name } of await admin<{ name: string }[]>`
		select distinct tgrelid::regclass::text as name from pg_trigger where not tgisinternal`) {
		await admin.unsafe(`alter table ${name} disable trigger user`);
	}
	await admin.unsafe(
		"grant select, insert, update, delete on all tables in schema sheaf to sheaf_api, sheaf_identity, sheaf_service",
	);
}

const rolledBack = new Error("rolled back");

/** Work in a transaction of the administrator's that leaves nothing behind. */
export async function rollingBack<Result>(
	admin: Sql,
	work: (sql: TransactionSql) => Promise<Result>,
): Promise<Result | undefined> {
	let result: Result | undefined;
	try {
		await admin.begin(async (sql) => {
			result = await work(sql);
			throw rolledBack;
		});
	} catch (error) {
		if (error !== rolledBack) throw error;
	}
	return result;
}
