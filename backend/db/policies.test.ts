import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql, type TransactionSql } from "postgres";
import type { Principal } from "./principal.ts";
import { createTestDatabase } from "./test-database.ts";
import { fillWorkspace } from "./test-rows.ts";
import { createTestTenant } from "./test-tenant.ts";

/**
 * No policy is decorative (TEN-1): each one is taken away and each one is opened, in a transaction that is rolled back, and a
 * probe has to notice both. Rights are granted in that transaction, so that row-level security is all that is left to hold.
 */
type Policy = { name: string; table: string; command: "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "ALL"; role: string };

const fixture = await createTestDatabase();
const admin = postgres(fixture.url, { max: 1, onnotice: () => undefined });
const policies = await readPolicies(admin);

let anna: Principal;
let bert: Principal;
beforeAll(async () => {
	anna = await createTestTenant(fixture.database);
	bert = await createTestTenant(fixture.database);
	// The same ids in both: a key starts with its tenant, so that nothing but a policy tells the two apart.
	const ids = { connection: Bun.randomUUIDv7(), target: Bun.randomUUIDv7(), record: Bun.randomUUIDv7() };
	for (const person of [anna, bert]) await fixture.database.asTenant(person, (sql) => fillWorkspace(sql, ids));
	for (const person of [anna, bert]) await fixture.database.asIdentity((sql) => fillIdentity(sql, person));
});
afterAll(async () => {
	await admin.end();
	await fixture.close();
});

async function readPolicies(sql: Sql): Promise<Policy[]> {
	return await sql<Policy[]>`
		select policyname as name, tablename as table, cmd as command, roles[1]::text as role
		from pg_policies where schemaname = 'sheaf' order by tablename, policyname`;
}

async function fillIdentity(sql: TransactionSql, { userId, workspaceId }: Principal): Promise<void> {
	const later = new Date(Date.now() + 60_000);
	await sql`
		insert into sheaf.device_sessions (id, user_id, workspace_id, client_id, device_id, device_name, refresh_token_hash,
			dpop_thumbprint, expires_at, absolute_expires_at)
		values (uuidv7(), ${userId}, ${workspaceId}, 'sheaf-cli', gen_random_uuid(), 'A', sha256(${userId}::bytea), 't',
			${later}, ${later})`;
	await sql`
		insert into sheaf.workspace_invites (workspace_id, id, role, token_hash, expires_at)
		values (${workspaceId}, uuidv7(), 'member', sha256(${userId}::bytea), ${later})`;
}

const rollback = new Error("rolled back");

/** What a probe sees after `change`, as the policy's role, with Anna's settings. */
async function probed(policy: Policy, change: string | null): Promise<Record<string, string | number>> {
	let seen: Record<string, string | number> = {};
	const transaction = admin.begin(async (sql) => {
		await sql.unsafe(`grant select, insert, update, delete on sheaf.${policy.table} to ${policy.role}`);
		if (change !== null) await sql.unsafe(change);
		const rows = await sampleRows(sql, policy.table);
		await sql.unsafe(`set local role ${policy.role}`);
		await sql`select set_config('app.user_id', ${anna.userId}, true),
			set_config('app.workspace_id', ${anna.workspaceId}, true), set_config('app.role', 'owner', true)`;
		seen = await probe(sql, policy, rows);
		throw rollback;
	});
	await transaction.catch((error: unknown) => {
		if (error !== rollback) throw error;
	});
	return seen;
}

type Row = Record<string, unknown>;

/** One row of Anna's and one of Bert's, as JSON. */
async function sampleRows(sql: TransactionSql, table: string): Promise<{ own: Row; foreign: Row }> {
	const rows = await sql<{ row: Row }[]>`select to_jsonb(t) as row from ${sql(`sheaf.${table}`)} t`;
	const of = ({ workspaceId, userId }: Principal) =>
		rows
			.map(({ row }) => row)
			.find((row) => Object.values(row).some((value) => value === workspaceId || value === userId));
	const [own, foreign] = [of(anna), of(bert)];
	if (!own || !foreign) throw new Error(`${table} has no row of both tenants: fill it in test-rows.ts.`);
	return { own, foreign };
}

/**
 * No probe reads a column: one that does would be held back by the SELECT policy too, and say nothing about its own. An insert of
 * a row that is there ends in 23505 when the policy lets it pass, and in 42501 when not; an update that gives every row it
 * reaches to Anna ends in 23505 when it reaches Bert's, because she has one with the same ids.
 */
async function probe(sql: TransactionSql, { command, table }: Policy, rows: { own: Row; foreign: Row }) {
	const count = async (statement: string) => await outcome(sql, async (inner) => (await inner.unsafe(statement)).count);
	const insert = async (row: Row) =>
		await outcome(sql, async (inner) => {
			const json = inner.json(JSON.parse(JSON.stringify(row)));
			const inserted = await inner`
				insert into ${inner(`sheaf.${table}`)}
				select * from jsonb_populate_record(null::${inner.unsafe(`sheaf.${table}`)}, ${json})`;
			return inserted.count;
		});
	const key = "workspace_id" in rows.own ? "workspace_id" : "user_id";
	if (command === "INSERT") return { own: await insert(rows.own), foreign: await insert(rows.foreign) };
	if (command === "UPDATE") {
		return { rows: await count(`update sheaf.${table} set ${key} = '${String(rows.own[key])}'`) };
	}
	if (command === "DELETE") return { rows: await count(`delete from sheaf.${table}`) };
	return { rows: await count(`select from sheaf.${table}`) };
}

async function outcome(sql: TransactionSql, work: (sql: TransactionSql) => Promise<number>): Promise<string | number> {
	try {
		return await sql.savepoint(work);
	} catch (error) {
		if (error instanceof postgres.PostgresError) return error.code;
		throw error;
	}
}

function opened({ name, table, command }: Policy): string {
	const using = command === "INSERT" ? "" : " using (true)";
	const check = command === "INSERT" || command === "UPDATE" || command === "ALL" ? " with check (true)" : "";
	return `alter policy ${name} on sheaf.${table}${using}${check}`;
}

test("TEN-1: there are policies to take away", () => {
	expect(policies.length).toBeGreaterThan(30);
});

describe.each(policies)("the policy $name", (policy) => {
	test("TEN-1: without it, its role loses what it may do", async () => {
		const [before, without] = [
			await probed(policy, null),
			await probed(policy, `drop policy ${policy.name} on sheaf.${policy.table}`),
		];
		if (policy.command === "INSERT") {
			expect(before["own"]).not.toBe("42501");
			expect(without["own"]).toBe("42501");
		} else {
			expect(before["rows"]).toBeGreaterThan(0);
			expect(without["rows"]).toBe(0);
		}
	});

	// What identity and the sweep may see is meant to be all of it: their grants narrow it, and other tests hold those.
	if (policy.role !== "sheaf_api") return;
	test("TEN-3: opened, it would let one tenant at another's rows; as it is, it does not", async () => {
		const [before, open] = [await probed(policy, null), await probed(policy, opened(policy))];
		if (policy.command === "INSERT") {
			expect(before["foreign"]).toBe("42501");
			expect(open["foreign"]).not.toBe("42501");
		} else if (policy.command === "UPDATE") {
			expect([before["rows"], open["rows"]]).toEqual([1, "23505"]);
		} else {
			expect(Number(open["rows"])).toBeGreaterThan(Number(before["rows"]));
		}
	});
});
