import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql, type TransactionSql } from "postgres";
import type { Principal } from "./principal.ts";
import { roleUrl } from "./roles.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";
import { fillWorkspace, insertConnection, insertRecord, insertTarget, type RowIds } from "./test-rows.ts";
import { createTestTenant } from "./test-tenant.ts";

let fixture: TestDatabase;
let anna: Principal;
let bert: Principal;
beforeAll(async () => {
	fixture = await createTestDatabase();
	anna = await createTestTenant(fixture.database);
	bert = await createTestTenant(fixture.database);
});
afterAll(() => fixture.close());

const asTenant: TestDatabase["database"]["asTenant"] = (principal, work) => fixture.database.asTenant(principal, work);

/** A row in every tenant table, as the principal; returns their ids. */
async function fill(principal: Principal): Promise<RowIds> {
	const ids = { connection: Bun.randomUUIDv7(), target: Bun.randomUUIDv7(), record: Bun.randomUUIDv7() };
	await asTenant(principal, (sql) => fillWorkspace(sql, ids));
	return ids;
}

const tenantTables = [
	"connections",
	"targets",
	"records",
	"operations",
	"deliveries",
	"delivery_attempts",
	"audit_log",
] as const;

async function countIn(sql: Sql | TransactionSql, table: string): Promise<number> {
	const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(`sheaf.${table}`)}`;
	return row?.count ?? -1;
}

/** The SQLSTATE a piece of work is refused with; "accepted" when it is not. */
async function refusal(work: Promise<unknown>): Promise<string> {
	try {
		await work;
		return "accepted";
	} catch (error) {
		return error instanceof postgres.PostgresError ? error.code : String(error);
	}
}

describe("as the API's role", () => {
	test("TEN-1: unset settings mean zero rows, also on a connection that served a tenant before", async () => {
		await fill(anna);
		const api = postgres(roleUrl(fixture.url, fixture.databaseKey, "sheaf_api"), { max: 1 });
		try {
			for (const table of tenantTables) expect([table, await countIn(api, table)]).toEqual([table, 0]);
			await api.begin(async (sql) => {
				await sql`select set_config('app.workspace_id', ${anna.workspaceId}, true)`;
				expect(await countIn(sql, "records")).toBeGreaterThan(0);
			});
			// The setting now reads back as '' instead of null, and must still mean nobody.
			for (const table of tenantTables) expect([table, await countIn(api, table)]).toEqual([table, 0]);
		} finally {
			await api.end();
		}
	});

	test("TEN-3: another tenant sees, changes and deletes nothing", async () => {
		const ids = await fill(anna);
		await asTenant(bert, async (sql) => {
			for (const table of tenantTables) {
				const rows = await sql`select from ${sql(`sheaf.${table}`)} where workspace_id = ${anna.workspaceId}`;
				expect([table, rows.length]).toEqual([table, 0]);
			}
			const changed = await sql`update sheaf.records set kind = 'stolen' where id = ${ids.record} returning id`;
			const deleted = await sql`delete from sheaf.connections where id = ${ids.connection} returning id`;
			expect([changed.length, deleted.length]).toEqual([0, 0]);
		});
		expect(await asTenant(anna, (sql) => countIn(sql, "records"))).toBeGreaterThan(0);
	});

	test("TEN-2: a row for another tenant is refused with 42501", async () => {
		const forged = asTenant(bert, (sql) => insertConnection(sql, Bun.randomUUIDv7(), anna.workspaceId));
		expect(await refusal(forged)).toBe("42501");
	});

	test("TEN-2: a row in another person's name is refused with 42501", async () => {
		const forged = asTenant(bert, async (sql) => {
			await insertConnection(sql, Bun.randomUUIDv7());
			await sql`
				insert into sheaf.records (owner_id, id, kind, version, captured_at, source, fields, content_hash)
				values (${anna.userId}, ${Bun.randomUUIDv7()}, 'page', 1, now(), '{}', '{}', '\\x00')`;
		});
		expect(await refusal(forged)).toBe("42501");
	});

	test("TEN-2: moving a row to another tenant is refused with 42501", async () => {
		const ids = await fill(bert);
		const moved = asTenant(
			bert,
			(sql) => sql`update sheaf.records set workspace_id = ${anna.workspaceId} where id = ${ids.record}`,
		);
		expect(await refusal(moved)).toBe("42501");
	});

	test("TEN-4: a foreign key cannot point at another tenant's row", async () => {
		const ids = await fill(anna);
		const toConnection = asTenant(bert, (sql) => insertTarget(sql, Bun.randomUUIDv7(), ids.connection));
		expect(await refusal(toConnection)).toBe("23503");
		const toTarget = asTenant(bert, (sql) => insertRecord(sql, Bun.randomUUIDv7(), ids.target));
		expect(await refusal(toTarget)).toBe("23503");
	});

	test("TEN-4: another tenant's id is free to use, so a conflict cannot reveal that it exists", async () => {
		const ids = await fill(anna);
		await asTenant(bert, (sql) => insertRecord(sql, ids.record, null));
		expect(await asTenant(bert, (sql) => sql`select from sheaf.records where id = ${ids.record}`)).toHaveLength(1);
	});

	test("ID-7: a viewer can read and cannot write", async () => {
		const ids = await fill(anna);
		const viewer: Principal = { ...anna, role: "viewer" };
		expect(await asTenant(viewer, (sql) => countIn(sql, "records"))).toBeGreaterThan(0);
		expect(await refusal(asTenant(viewer, (sql) => insertRecord(sql, Bun.randomUUIDv7(), null)))).toBe("42501");
		const changed = await asTenant(
			viewer,
			(sql) => sql`update sheaf.records set kind = 'x' where id = ${ids.record} returning id`,
		);
		expect(changed).toHaveLength(0);
	});
});

describe("as the role that works across tenants", () => {
	test("SYNC-1: it sees which lanes are due over all tenants", async () => {
		await Promise.all([fill(anna), fill(bert)]);
		const workspaces = await fixture.database.asService(
			"test: due lanes",
			(sql) =>
				sql<{ workspaceId: string }[]>`select distinct workspace_id from sheaf.deliveries where state = 'pending'`,
		);
		const found = workspaces.map(({ workspaceId }) => workspaceId);
		expect(found).toEqual(expect.arrayContaining([anna.workspaceId, bert.workspaceId]));
	});

	test("TEN-1: it is refused the record a delivery is about, and every record", async () => {
		const { asService } = fixture.database;
		expect(await refusal(asService("test", (sql) => sql`select record_id from sheaf.deliveries`))).toBe("42501");
		expect(await refusal(asService("test", (sql) => sql`select id from sheaf.records`))).toBe("42501");
		expect(await refusal(asService("test", (sql) => sql`update sheaf.deliveries set state = 'pending'`))).toBe("42501");
	});

	test("TEN-1: every use tells its reason", async () => {
		const reasons: string[] = [];
		const watched = await createTestDatabase({ onServiceReason: (reason) => reasons.push(reason) });
		await watched.database.asService("sweep: which lanes are due", (sql) => sql`select 1`);
		await watched.close();
		expect(reasons).toEqual(["sweep: which lanes are due"]);
	});
});

test("JSON values keep their keys, column names become camelCase", async () => {
	const [row] = await fixture.database.asTenant(
		anna,
		(sql) => sql`select '{"snake_key": {"inner_key": 1}}'::jsonb as some_json, now() as captured_at`,
	);
	expect(row?.someJson).toEqual({ snake_key: { inner_key: 1 } });
	expect(row?.capturedAt).toBeInstanceOf(Date);
});
