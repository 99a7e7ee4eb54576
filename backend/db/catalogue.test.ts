import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { catalogueRules } from "./test-catalogue-rules.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let fixture: TestDatabase;
let admin: Sql;
beforeAll(async () => {
	fixture = await createTestDatabase();
	admin = postgres(fixture.url, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await admin.end();
	await fixture.close();
});

async function offenders(sql: Sql | TransactionSql, query: string): Promise<string[]> {
	return (await sql.unsafe<{ name: string }[]>(query)).map(({ name }) => name);
}

const rollback = new Error("rolled back");

/** Who the rule names after a mistake was made; the mistake is undone. Roles belong to the whole server, so it must be. */
async function offendersAfter(sabotage: string, query: string): Promise<string[]> {
	let found: string[] = [];
	const transaction = admin.begin(async (sql) => {
		await sql.unsafe(sabotage);
		found = await offenders(sql, query);
		throw rollback;
	});
	await transaction.catch((error: unknown) => {
		if (error !== rollback) throw error;
	});
	return found;
}

test("TEN-1: there are tenant tables to look at", async () => {
	const tables = await offenders(
		admin,
		`select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
		where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p') and attname = 'owner_id' order by relname`,
	);
	expect(tables).toContain("records");
	expect(tables.length).toBeGreaterThanOrEqual(7);
});

describe.each([...catalogueRules])("$promise", ({ offenders: query, sabotage, named }) => {
	test("holds", async () => {
		expect(await offenders(admin, query)).toEqual([]);
	});

	test("names whoever breaks it", async () => {
		expect(await offendersAfter(sabotage, query)).toContain(named);
	});
});
