import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres from "postgres";
import { migrate } from "./apply-migrations.ts";
import type { Principal } from "./principal.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";
import { createTestTenant } from "./test-tenant.ts";

let fixture: TestDatabase;
let anna: Principal;
beforeAll(async () => {
	fixture = await createTestDatabase();
	// What a start does: rights on a database are not copied with a template.
	await migrate({ databaseUrl: fixture.url, databaseKey: fixture.databaseKey });
	anna = await createTestTenant(fixture.database);
});
afterAll(() => fixture.close());

/** The SQLSTATE that a statement of the API's role within a tenant's transaction is refused with; "accepted" when it is not. */
async function refusal(...statements: string[]): Promise<string> {
	try {
		await fixture.database.asTenant(anna, async (sql) => {
			for (const statement of statements) await sql.unsafe(statement);
		});
		return "accepted";
	} catch (error) {
		return error instanceof postgres.PostgresError ? error.code : String(error);
	}
}

const identityTables = ["users", "user_accounts", "device_sessions", "authorization_codes", "dpop_proofs"];
const otherTables = ["signing_keys", "browser_sessions", "rate_limits", "provider_budgets"];
const roles = ["sheaf_owner", "sheaf_identity", "sheaf_service", "sheaf_queue", "postgres"];

test.each([
	...[...identityTables, ...otherTables].map((table) => `select from sheaf.${table}`),
	...roles.map((role) => `set role ${role}`),
	"set session authorization sheaf_owner",
	"select from sheaf_migrations.applied",
	"select from pg_catalog.pg_authid",
	"alter table sheaf.records no force row level security",
	"create policy open on sheaf.records using (true)",
	"create or replace function sheaf.current_workspace() returns uuid language sql as 'select null::uuid'",
	"create table sheaf.mine (id int)",
	"create table public.mine (id int)",
	"create temporary table mine (id int)",
	"truncate sheaf.records",
	"update sheaf.workspaces set name = 'mine'",
	"insert into sheaf.workspace_members select * from sheaf.workspace_members",
	"update sheaf.audit_log set outcome = 'x'",
	"copy (select 1) to program 'true'",
	"select pg_read_file('/etc/passwd')",
])("TEN-1: the API's role is refused to %s", async (statement) => {
	expect(await refusal(statement)).toBe("42501");
});

test("TEN-1: the API's role that switches row-level security off gets an error and no rows", async () => {
	expect(await refusal("set local row_security = off", "select from sheaf.records")).toBe("42501");
});

test("TEN-1: what it may do it can do: the refusals above are not for want of a connection", async () => {
	expect(await refusal("select from sheaf.records", "select from sheaf.workspaces")).toBe("accepted");
});
