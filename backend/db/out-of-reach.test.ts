import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type TransactionSql } from "postgres";
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

type Door = <Result>(work: (sql: TransactionSql) => Promise<Result>) => Promise<Result>;

/** The SQLSTATE that statements in one transaction are refused with; "accepted" when they are not. */
async function refusalAt(door: Door, ...statements: string[]): Promise<string> {
	try {
		await door(async (sql) => {
			for (const statement of statements) await sql.unsafe(statement);
		});
		return "accepted";
	} catch (error) {
		return error instanceof postgres.PostgresError ? error.code : String(error);
	}
}

const asAnna: Door = (work) => fixture.database.asTenant(anna, work);
const asIdentity: Door = (work) => fixture.database.asIdentity(work);
const asService: Door = (work) => fixture.database.asService("test", work);
const refusal = (...statements: string[]) => refusalAt(asAnna, ...statements);

/** What sessions, passwords, codes and invitations are kept in. */
const identityTables = [
	"users",
	"user_accounts",
	"device_sessions",
	"authorization_codes",
	"dpop_proofs",
	"signing_keys",
	"browser_sessions",
	"rate_limits",
	"upstream_flows",
	"link_tickets",
	"connection_flows",
	"email_challenges",
	"device_grants",
	"workspace_invites",
	"device_keys",
	"inbound_messages",
	"deleted_accounts",
	"deletion_receipts",
];
/** What people gather, and where it goes. */
const contentTables = [
	"records",
	"operations",
	"deliveries",
	"delivery_attempts",
	"connections",
	"targets",
	"runs",
	"event_hooks",
	"events",
	"event_deliveries",
	"target_triggers",
	"trigger_messages",
	"delivery_hours",
	"delivery_problems",
	"bulk_operations",
	"bulk_records",
	"watches",
	"recipes",
	"recipe_versions",
	"changes",
	"selections",
	"selection_runs",
	"source_rows",
	"blobs_meta",
	"blob_parts",
	"device_blobs",
	"blob_removals",
];
const roles = ["sheaf_owner", "sheaf_identity", "sheaf_service", "sheaf_queue", "postgres"];

test.each([
	...[...identityTables, "provider_budgets"].map((table) => `select from sheaf.${table}`),
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

test("the lists above name every table", async () => {
	const admin = postgres(fixture.url, { max: 1 });
	const rows = await admin<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'sheaf'`;
	await admin.end();
	// Workspaces, members, settings and the audit log are seen by both sides, each its part: the policies' tests hold those.
	const shared = ["workspaces", "workspace_members", "user_settings", "audit_log", "provider_budgets"];
	const listed = [...identityTables, ...contentTables, ...shared];
	expect(rows.map(({ name }) => name).toSorted()).toEqual(listed.toSorted());
});

test.each([
	...contentTables.map((table) => `select from sheaf.${table}`),
	"select from sheaf.user_settings",
	"select from sheaf.audit_log",
	"update sheaf.records set kind = 'x'",
	"delete from sheaf.connections",
	"set role sheaf_api",
	"alter table sheaf.users add column mine int",
])("TEN-1: identity's role, which knows everybody, is refused to %s", async (statement) => {
	expect(await refusalAt(asIdentity, statement)).toBe("42501");
});

test.each([
	...identityTables.map((table) => `select from sheaf.${table}`),
	"select from sheaf.records",
	"select credential_jwe from sheaf.connections",
	"select secret_jwe from sheaf.watches",
	"update sheaf.targets set status = 'paused'",
	"set role sheaf_api",
])("TEN-1: the role that works across tenants is refused to %s", async (statement) => {
	expect(await refusalAt(asService, statement)).toBe("42501");
});

test("TEN-1: the three doors have three roles", async () => {
	const roleAt = async (door: Door) => {
		const [row] = await door((sql) => sql<{ role: string }[]>`select current_user as role`);
		return row?.role;
	};
	expect(await Promise.all([roleAt(asAnna), roleAt(asIdentity), roleAt(asService)])).toEqual([
		"sheaf_api",
		"sheaf_identity",
		"sheaf_service",
	]);
});
