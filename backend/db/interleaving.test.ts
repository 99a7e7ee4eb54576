import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { type AsTenant, createAsTenant } from "./as-tenant.ts";
import type { Principal } from "./principal.ts";
import { roleUrl } from "./roles.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";
import { insertRecord } from "./test-rows.ts";
import { createTestTenant } from "./test-tenant.ts";

const tenants = 50;
const requests = 10_000;
const connections = 2;
/** As many at once as fill the queue of the two connections without holding ten thousand promises. */
const inFlight = 40;

let fixture: TestDatabase;
/** The pool itself, which no room gets to see: between the requests it is asked what they left behind. */
let pool: Sql;
let asTenant: AsTenant;
let admin: Sql;
let people: Principal[];
beforeAll(async () => {
	fixture = await createTestDatabase();
	pool = postgres(roleUrl(fixture.url, fixture.databaseKey, "sheaf_api"), {
		max: connections,
		onnotice: () => undefined,
	});
	asTenant = createAsTenant(pool);
	admin = postgres(fixture.url, { max: 1, onnotice: () => undefined });
	people = await Promise.all(Array.from({ length: tenants }, () => createTestTenant(fixture.database)));
	for (const person of people) await asTenant(person, insertOne);
});
afterAll(async () => {
	await pool.end();
	await admin.end();
	await fixture.close();
});

type Ending = "commits" | "throws" | "fails" | "times out" | "is cancelled";
type Plan = { ending: Ending; writes: boolean; looksAround: boolean };
const insertOne = (sql: TransactionSql) => insertRecord(sql, Bun.randomUUIDv7(), null);

/** mulberry32: the same seed gives the same order of tenants and aborts, so that a failure can be seen again. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** One request: looks at everything it can see, writes now and then, and ends as planned. Answers with whose rows it saw. */
async function request(principal: Principal, plan: Plan): Promise<string[]> {
	return await asTenant(principal, async (sql) => {
		const rows = await sql<{ workspace_id: string }[]>`select workspace_id from sheaf.records`;
		if (plan.writes) await insertOne(sql);
		if (plan.ending === "throws") throw new Error("planned");
		if (plan.ending === "fails") await sql`select 1 / 0`;
		if (plan.ending === "times out") {
			await sql`set local statement_timeout = 1`;
			await sql`select pg_sleep(1)`;
		}
		if (plan.ending === "is cancelled") await cancelled(sql);
		return rows.map((row) => row.workspace_id);
	});
}

/** As by an administrator who stops what takes too long: once the statement is seen to wait, it is cancelled. */
async function cancelled(sql: TransactionSql): Promise<void> {
	const [connection] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
	const statement = sql`select pg_sleep(5)`.execute();
	const cancel = async () => {
		for (let stopped = 0; stopped === 0; ) {
			const found = await admin`
				select pg_cancel_backend(pid) from pg_stat_activity
				where pid = ${connection?.pid ?? 0} and wait_event = 'PgSleep'`;
			stopped = found.length;
		}
	};
	await Promise.all([statement, cancel()]);
}

/** What a connection of the pool holds when nobody's request is on it: nothing, or the rows and settings of whoever was before. */
async function leftOver(): Promise<string[]> {
	const [row] = await pool<{ settings: string; records: number; timeout: string }[]>`
		select concat(current_setting('app.user_id', true), current_setting('app.workspace_id', true),
				current_setting('app.role', true)) as settings,
			(select count(*)::int from sheaf.records) as records, current_setting('statement_timeout') as timeout`;
	const { settings = "", records = 0, timeout = "" } = row ?? {};
	return settings === "" && records === 0 && timeout === "0" ? [] : [`${settings}, ${records} records, ${timeout}`];
}

function planned(random: () => number): Plan {
	const dice = random();
	const endings: readonly [number, Ending][] = [
		[0.1, "throws"],
		[0.2, "fails"],
		[0.22, "times out"],
		[0.23, "is cancelled"],
	];
	const ending = endings.find(([below]) => dice < below)?.[1] ?? "commits";
	return { ending, writes: random() < 0.02, looksAround: random() < 0.2 };
}

test("TEN-3: 10,000 requests of 50 tenants with random aborts on 2 connections find no foreign row and no left-over setting", async () => {
	const seed = Number(process.env["SHEAF_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
	console.log(`interleaving: SHEAF_TEST_SEED=${seed} repeats this order`);
	const random = seeded(seed);
	const plans = Array.from({ length: requests }, () => {
		const principal = people[Math.floor(random() * tenants)];
		if (!principal) throw new Error("A tenant is missing.");
		return { principal, ...planned(random) };
	});
	const foreign: string[] = [];
	const left: string[] = [];
	const ended = { completed: 0, aborted: 0, empty: 0 };
	const queue = plans.values();
	const worker = async () => {
		for (const { principal, ...plan } of queue) {
			const seen = await request(principal, plan).catch(() => null);
			if (seen === null) ended.aborted += 1;
			else ended.completed += 1;
			if (seen?.length === 0) ended.empty += 1;
			if (plan.looksAround) left.push(...(await leftOver()));
			for (const workspaceId of seen ?? []) if (workspaceId !== principal.workspaceId) foreign.push(workspaceId);
		}
	};
	await Promise.all(Array.from({ length: inFlight }, worker));
	expect({ seed, foreign, left }).toEqual({ seed, foreign: [], left: [] });
	const aborts = plans.filter(({ ending }) => ending !== "commits").length;
	expect(ended).toEqual({ completed: requests - aborts, aborted: aborts, empty: 0 });
	expect(aborts).toBeGreaterThan(1_500);
}, 120_000);
