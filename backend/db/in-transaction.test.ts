import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { connectDatabase, type Database, type Transaction } from "./connect.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";
import { createTestTenant } from "./test-tenant.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let fixture: TestDatabase;
let admin: Sql;
let database: Database;
beforeAll(async () => {
	fixture = await createTestDatabase();
	admin = postgres(fixture.url, { max: 1 });
	// One connection each: whoever comes next has to take the one that was cut.
	database = connectDatabase({
		databaseUrl: fixture.url,
		databaseKey: fixture.databaseKey,
		poolSizes: { api: 1, identity: 1, service: 1 },
	});
});
afterAll(async () => {
	await database.close();
	await admin.end();
	await fixture.close();
});

const pidOf = async (sql: Transaction) => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;
const cut = (pid: number) => admin`select pg_terminate_backend(${pid}, 5000)`;
const codeOf = (work: PromiseLike<unknown>): Promise<unknown> =>
	Promise.resolve(work).then(
		() => "answered",
		(error: { code?: string }) => error.code,
	);

type Door = (work: (sql: Transaction) => Promise<unknown>) => Promise<unknown>;

/** Cuts a transaction while its work waits for something else, and lets the work go on in the middle of the next one through the same door. */
async function goOnIn(
	door: Door,
	goOn: (sql: Transaction) => Promise<unknown>,
	next: (sql: Transaction) => Promise<unknown>,
) {
	const [mayGoOn, wentOn] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()];
	const lost = codeOf(
		door(async (sql) => {
			await cut(await pidOf(sql));
			await mayGoOn.promise;
			await goOn(sql).then(wentOn.resolve, (error: { code?: string }) => wentOn.resolve(error.code));
		}),
	);
	expect(await lost).toBe("CONNECTION_CLOSED");
	const nextDone = await door(async (sql) => {
		await next(sql);
		mayGoOn.resolve();
		const outcome = await wentOn.promise;
		// The driver's own COMMIT or ROLLBACK of the work that went on would come now.
		await new Promise((resolve) => setImmediate(resolve));
		return { outcome, inTransaction: await isIn(sql) };
	});
	return nextDone;
}

/** A setting that is local to a transaction is gone as soon as it is over. */
const isIn = async (sql: Transaction) =>
	(await sql<{ kept: string }[]>`select current_setting('test.mine', true) as kept`)[0]?.kept === "yes";
const mark = (sql: Transaction) => sql`select set_config('test.mine', 'yes', true)`;

test("TEN-1: work that goes on after its connection was cut says nothing in another tenant's transaction", async () => {
	const [anna, bert] = [await createTestTenant(fixture.database), await createTestTenant(fixture.database)];
	let turn = 0;
	const door: Door = (work) => database.asTenant([anna, bert][turn++] ?? bert, work);
	const seen = await goOnIn(door, async (sql) => await sql`select sheaf.current_workspace()`, mark);
	expect(seen).toEqual({ outcome: "CONNECTION_CLOSED", inTransaction: true });
});

test("TEN-1: its outcome neither commits nor rolls back what came after it, whether it succeeds or fails", async () => {
	const anna = await createTestTenant(fixture.database);
	const doors: Door[] = [
		(work) => database.asTenant(anna, work),
		(work) => database.asIdentity(work),
		(work) => database.asService("test", work),
	];
	for (const door of doors) {
		expect(await goOnIn(door, async () => "done", mark)).toMatchObject({ inTransaction: true });
		expect(await goOnIn(door, () => Promise.reject(new Error("late")), mark)).toMatchObject({ inTransaction: true });
	}
});

test("I6: a statement that is cut ends its transaction with what the driver says, and the door opens again", async () => {
	const anna = await createTestTenant(fixture.database);
	const sleeping = codeOf(
		database.asTenant(anna, async (sql) => {
			const pid = await pidOf(sql);
			await Promise.all([sql`select pg_sleep(60)`, cut(pid)]);
		}),
	);
	expect(["57P01", "CONNECTION_CLOSED"]).toContain(String(await sleeping));
	// The driver may tell the next statement of the end of the last connection: it is asked again, as every caller does.
	const again = () => database.asTenant(anna, pidOf);
	expect(await again().catch(again)).toBeGreaterThan(0);
});

test("I6: a `sql` that outlives its transaction is refused", async () => {
	const anna = await createTestTenant(fixture.database);
	const kept: Transaction[] = [];
	await database.asTenant(anna, async (sql) => void kept.push(sql));
	const late = async () => await Promise.all(kept.map((sql) => sql`select 1`));
	expect(await codeOf(late())).toBe("CONNECTION_CLOSED");
});
