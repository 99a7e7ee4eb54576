import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TransactionSql } from "postgres";
import type { Principal } from "./principal.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";
import { insertRecord } from "./test-rows.ts";
import { createTestTenant } from "./test-tenant.ts";

const tenants = 50;
const requests = 10_000;
const connections = 2;
/** As many at once as fill the queue of the two connections without holding ten thousand promises. */
const inFlight = 40;

let fixture: TestDatabase;
let people: Principal[];
beforeAll(async () => {
	fixture = await createTestDatabase({ poolSizes: { api: connections } });
	people = await Promise.all(Array.from({ length: tenants }, () => createTestTenant(fixture.database)));
	for (const person of people) await fixture.database.asTenant(person, insertOne);
});
afterAll(() => fixture.close());

type Ending = "commits" | "throws" | "fails" | "times out";
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

/** One request: looks at everything it can see, writes now and then, and ends as planned. */
async function request(principal: Principal, plan: { ending: Ending; writes: boolean }): Promise<string[]> {
	return await fixture.database.asTenant(principal, async (sql) => {
		const rows = await sql<{ workspaceId: string }[]>`select workspace_id from sheaf.records`;
		if (plan.writes) await insertOne(sql);
		if (plan.ending === "throws") throw new Error("planned");
		if (plan.ending === "fails") await sql`select 1 / 0`;
		if (plan.ending === "times out") {
			await sql`set local statement_timeout = 1`;
			await sql`select pg_sleep(1)`;
		}
		return rows.map(({ workspaceId }) => workspaceId);
	});
}

function planned(random: () => number): { ending: Ending; writes: boolean } {
	const dice = random();
	const ending = dice < 0.1 ? "throws" : dice < 0.2 ? "fails" : dice < 0.22 ? "times out" : "commits";
	return { ending, writes: random() < 0.02 };
}

test("TEN-3: 10,000 requests of 50 tenants with random aborts on 2 connections find no foreign row", async () => {
	const seed = Number(process.env["SHEAF_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
	console.log(`interleaving: SHEAF_TEST_SEED=${seed} repeats this order`);
	const random = seeded(seed);
	const plans = Array.from({ length: requests }, () => {
		const principal = people[Math.floor(random() * tenants)];
		if (!principal) throw new Error("A tenant is missing.");
		return { principal, ...planned(random) };
	});
	const foreign: string[] = [];
	const ended = { completed: 0, aborted: 0, empty: 0 };
	const queue = plans.values();
	const worker = async () => {
		for (const { principal, ...plan } of queue) {
			const seen = await request(principal, plan).catch(() => null);
			if (seen === null) ended.aborted += 1;
			else ended.completed += 1;
			if (seen?.length === 0) ended.empty += 1;
			for (const workspaceId of seen ?? []) if (workspaceId !== principal.workspaceId) foreign.push(workspaceId);
		}
	};
	await Promise.all(Array.from({ length: inFlight }, worker));
	expect(foreign).toEqual([]);
	const aborts = plans.filter(({ ending }) => ending !== "commits").length;
	expect(ended).toEqual({ completed: requests - aborts, aborted: aborts, empty: 0 });
	expect(aborts).toBeGreaterThan(1_500);
}, 120_000);

test("TEN-3: no connection keeps a setting of the tenants it served", async () => {
	const settings = await Promise.all(
		Array.from({ length: connections * 4 }, async (_, index) => {
			const person = people[index % tenants];
			if (!person) throw new Error("A tenant is missing.");
			await request(person, { ending: index % 2 === 0 ? "commits" : "throws", writes: false }).catch(() => null);
			return await fixture.database.asTenant(person, async (sql) => {
				const [row] = await sql<{ workspace: string }[]>`select current_setting('app.workspace_id') as workspace`;
				return row?.workspace === person.workspaceId;
			});
		}),
	);
	expect(settings).toEqual(settings.map(() => true));
});
