import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { migrate } from "../apply-migrations.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { grantRules } from "./test-grant-rules.ts";
import { policyRules } from "./test-policy-rules.ts";
import { roleRules } from "./test-role-rules.ts";
import { named, type Rule, type Sabotage, tenantTables } from "./test-rule.ts";
import { tableRules } from "./test-table-rules.ts";

let fixture: TestDatabase;
let admin: Sql;
beforeAll(async () => {
	fixture = await createTestDatabase();
	// What a start does: rights on a database are not copied with a template.
	await migrate({ databaseUrl: fixture.url, databaseKey: fixture.databaseKey });
	admin = postgres(fixture.url, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await admin.end();
	await fixture.close();
});

const rolledBack = new Error("rolled back");

/** Whom the rule names while the sabotage is done; undone in any case. */
async function offendersAfter({ offenders }: Rule, { statements }: Sabotage): Promise<string[]> {
	let found: string[] = [];
	const attempt = admin.begin(async (sql) => {
		await sql.unsafe(statements);
		found = await offenders(sql);
		throw rolledBack;
	});
	await attempt.catch((error: unknown) => {
		if (error !== rolledBack) throw error;
	});
	return found;
}

const oneLine = (statements: string) => statements.replaceAll(/\s+/g, " ");

test("TEN-1: there are tenant tables to look at", async () => {
	const tables = await named(admin`select relname as name from (${admin.unsafe(tenantTables)}) t`);
	expect(tables).toContain("records");
	expect(tables.length).toBeGreaterThanOrEqual(7);
});

for (const rule of [...tableRules, ...policyRules, ...grantRules, ...roleRules]) {
	describe(rule.promise, () => {
		test(`${rule.requirement}: ${rule.promise}`, async () => {
			expect(await rule.offenders(admin)).toEqual([]);
		});

		for (const sabotage of rule.sabotages) {
			test(`${rule.requirement}: names "${sabotage.names}" after: ${oneLine(sabotage.statements)}`, async () => {
				expect(await offendersAfter(rule, sabotage)).toContain(sabotage.names);
			});
		}
	});
}
