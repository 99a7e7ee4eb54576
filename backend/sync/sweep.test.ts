import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { backOffMs } from "./back-off.ts";
import { blockedForMs, blockScope } from "./budget.ts";
import { findDueLanes, startSweep } from "./sweep.ts";
import { createTestEngine } from "./test-engine.ts";
import { takeFairTurn } from "./turns.ts";

let db: TestDatabase;
let person: Principal;

beforeAll(async () => {
	db = await createTestDatabase();
	person = await createTestTenant(db.database);
});
afterAll(async () => {
	await db.close();
});

const dueLanes = async () => (await findDueLanes(db.database.asService)).map(({ lane }) => lane);

test("SYNC-1, I6: the sweep finds lanes with something due, over all tenants, and no others", async () => {
	const engine = createTestEngine(db);
	const stranger = await createTestTenant(db.database);
	const [mine, theirs] = [await createTestTarget(db.database, person), await createTestTarget(db.database, stranger)];
	const manual = await createTestTarget(db.database, person, { frequency: "manual" });
	const paused = await createTestTarget(db.database, person);
	await engine.write(person, [testPut({ targetId: mine.targetId }), testPut({ targetId: manual.targetId })]);
	await engine.write(person, [testPut({ targetId: paused.targetId })]);
	await engine.write(stranger, [testPut({ targetId: theirs.targetId })]);
	await db.database.asTenant(
		person,
		async (sql) => await sql`update sheaf.targets set status = 'paused' where id = ${paused.targetId}`,
	);
	expect((await dueLanes()).toSorted()).toEqual([mine.lane, theirs.lane].toSorted());
	await engine.deliver(person, mine.lane);
	expect(await dueLanes()).toEqual([theirs.lane]);
});

test("I6: the sweep finds a row whose lease has run out", async () => {
	const engine = createTestEngine(db);
	const { targetId, lane } = await createTestTarget(db.database, person);
	await engine.write(person, [testPut({ targetId })]);
	const lease = (until: string) =>
		db.database.asTenant(person, async (sql) => {
			await sql`update sheaf.deliveries set state = 'delivering', lease_until = now() + ${until}::text::interval
				where target_id = ${targetId}`;
		});
	await lease("8 seconds");
	expect(await dueLanes()).not.toContain(lane);
	await lease("-1 seconds");
	expect(await dueLanes()).toContain(lane);
});

test("I6: the sweep rings, survives a database that is away, and ends when it is told to", async () => {
	const engine = createTestEngine(db);
	const { targetId, lane } = await createTestTarget(db.database, person);
	await engine.write(person, [testPut({ targetId })]);
	engine.rung.length = 0;
	const stopping = new AbortController();
	const warnings: unknown[] = [];
	let failures = 2;
	const deps = {
		database: {
			asTenant: db.database.asTenant,
			asService: <Result>(reason: string, work: Parameters<typeof db.database.asService<Result>>[1]) => {
				failures -= 1;
				return failures >= 0 ? Promise.reject(new Error("away")) : db.database.asService(reason, work);
			},
		},
		ring: async (due: { workspaceId: string; lane: string }) => {
			engine.rung.push(due);
			if (due.lane === lane) stopping.abort();
		},
		log: { warn: (entry: unknown) => void warnings.push(entry) },
	};
	await startSweep(deps, stopping.signal, 1);
	expect(warnings).toHaveLength(2);
	expect(engine.rung).toContainEqual({ workspaceId: person.workspaceId, lane });
});

test("SYNC-4: turns of one scope are handed out one after the other, however many ask at once", async () => {
	const budget = { scope: "test:even", requestsPerSecond: 1_000, party: "a" };
	const nextFree = async () =>
		await db.database.asService("a test looks at a budget", async (sql) => {
			const [row] = await sql<{ at: number }[]>`
				select extract(epoch from next_free_at)::float8 * 1000 as at from sheaf.provider_budgets
				where scope = ${budget.scope}`;
			return row?.at ?? 0;
		});
	const { signal } = new AbortController();
	await takeFairTurn(db.database.asService, budget, signal);
	const before = await nextFree();
	const turns = await Promise.all(
		Array.from({ length: 20 }, () => takeFairTurn(db.database.asService, budget, signal)),
	);
	expect(turns.every(({ kind }) => kind === "go")).toBe(true);
	// Twenty intervals at least, and each a little longer than the allowed millisecond.
	expect((await nextFree()) - before).toBeGreaterThan(20);
});

test("SYNC-4: a penalty holds for everyone in the scope, and for nobody else", async () => {
	const { asService } = db.database;
	const { signal } = new AbortController();
	await blockScope(asService, "test:blocked", 30_000);
	expect(
		await takeFairTurn(asService, { scope: "test:blocked", requestsPerSecond: 5, party: "a" }, signal),
	).toMatchObject({
		kind: "blocked",
	});
	expect(await takeFairTurn(asService, { scope: "test:free", requestsPerSecond: 5, party: "a" }, signal)).toMatchObject(
		{
			kind: "go",
		},
	);
	await blockScope(asService, "test:blocked", 1);
	expect(await blockedForMs(asService, "test:blocked")).toBeGreaterThan(10_000);
});

test("SYNC-4: the back-off doubles, is capped, has full jitter and obeys the provider", () => {
	const highest = () => 1;
	expect([0, 1, 2, 3].map((attempts) => backOffMs(attempts, 0, highest))).toEqual([1_000, 2_000, 4_000, 8_000]);
	expect(backOffMs(10_000, 0, highest)).toBe(300_000);
	expect(backOffMs(5, 0, () => 0)).toBe(0);
	expect(backOffMs(0, 30_000, highest)).toBe(30_000);
});
