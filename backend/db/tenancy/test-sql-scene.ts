import postgres, { type Sql, type TransactionSql } from "postgres";
import { migrateQueue } from "../../jobs/queue.ts";
import { migrate } from "../apply-migrations.ts";
import { type AsTenant, createAsTenant } from "../as-tenant.ts";
import type { Principal } from "../principal.ts";
import { roleUrl } from "../roles.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { fillWorkspace, type RowIds } from "../test-rows.ts";
import { createTestTenant } from "../test-tenant.ts";

type Side = { principal: Principal; ids: RowIds };

/** Two tenants with a row of everything, and the API's role on connections that a test may look at between transactions. */
export type SqlScene = {
	fixture: TestDatabase;
	victim: Side;
	attacker: Side;
	/** The API's role, past its door. */
	pool: Sql;
	/** The API's door on those connections. */
	asTenant: AsTenant;
	/** As the attacker, in a transaction of theirs. */
	attack<Result>(work: (sql: TransactionSql) => Promise<Result>): Promise<Result>;
	admin: Sql;
	close(): Promise<void>;
};

export async function createSqlScene(): Promise<SqlScene> {
	const fixture = await createTestDatabase();
	// What a start does: rights on a database are not copied with a template.
	await migrate({ databaseUrl: fixture.url, databaseKey: fixture.databaseKey, migrateQueue });
	const pool = postgres(roleUrl(fixture.url, fixture.databaseKey, "sheaf_api"), {
		max: 2,
		transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
		onnotice: () => undefined,
	});
	const admin = postgres(fixture.url, { max: 1, onnotice: () => undefined });
	const asTenant = createAsTenant(pool);
	const makeSide = async (): Promise<Side> => {
		const principal = await createTestTenant(fixture.database);
		const ids = { connection: Bun.randomUUIDv7(), target: Bun.randomUUIDv7(), record: Bun.randomUUIDv7() };
		await asTenant(principal, (sql) => fillWorkspace(sql, ids));
		return { principal, ids };
	};
	const [victim, attacker] = [await makeSide(), await makeSide()];
	return {
		fixture,
		victim,
		attacker,
		pool,
		asTenant,
		attack: (work) => asTenant(attacker.principal, work),
		admin,
		close: async () => {
			await pool.end();
			await admin.end();
			await fixture.close();
		},
	};
}

/** Something an attacker does in SQL, with all that the API's role may do. */
export type SqlProbe = { name: string; tries: string; promised: string; attack(scene: SqlScene): Promise<string> };

/** A probe of statements that all get one answer, each in a transaction of the attacker's. */
export function refused(
	probe: Pick<SqlProbe, "name" | "tries" | "promised">,
	statements: (scene: SqlScene) => readonly string[],
): SqlProbe {
	return { ...probe, attack: (scene) => refusals(scene, statements(scene)) };
}

/** The SQLSTATE that a piece of work is refused with; else what it answers. */
export async function refusal(work: Promise<unknown>): Promise<string> {
	try {
		const result = await work;
		return typeof result === "string" ? result : "accepted";
	} catch (error) {
		return error instanceof postgres.PostgresError ? error.code : String(error);
	}
}

/** Each statement in a transaction of the attacker's own; each different answer once. */
export async function refusals({ attack }: SqlScene, statements: readonly string[]): Promise<string> {
	const answers: string[] = [];
	for (const statement of statements) answers.push(await refusal(attack((sql) => sql.unsafe(statement))));
	return [...new Set(answers)].join("; ");
}

export const contentTables = [
	"connections",
	"targets",
	"records",
	"operations",
	"deliveries",
	"delivery_attempts",
	"audit_log",
] as const;
