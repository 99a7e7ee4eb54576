import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { getTarget } from "./read-targets.ts";
import { startDueRuns } from "./start-due-runs.ts";
import { createTestTarget, type TestTarget } from "./test-target.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let db: TestDatabase;
let engine: TestEngine;
let person: Principal;
let target: TestTarget;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});

const moment = new Date("2026-01-06T07:30:00Z");
const later = new Date("2026-01-06T07:30:04Z");

beforeEach(async () => {
	engine = createTestEngine(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
	await db.database.asTenant(person, async (sql) => {
		const schedule = JSON.stringify({ timeZone: "Europe/Zurich", at: "08:30" });
		await sql`update sheaf.targets set frequency = 'daily', schedule = ${schedule}::text::jsonb, next_run_at = ${moment}
			where id = ${target.targetId}`;
	});
});

const write = async () => {
	const put = testPut({ targetId: target.targetId });
	await engine.write(person, [put]);
	return put.record.id;
};
const runs = async () =>
	await db.database.asTenant(
		person,
		async (sql) =>
			await sql<{ cause: string; queued: number; scheduledFor: Date; ownerId: string }[]>`
			select cause, queued, scheduled_for, owner_id from sheaf.runs`,
	);
const setStatus = async (status: "active" | "paused") =>
	await db.database.asTenant(person, async (sql) => {
		await sql`update sheaf.targets set status = ${status} where id = ${target.targetId}`;
	});

test("SYNC-2: what is captured waits for its moment, and then goes out", async () => {
	const id = await write();
	await engine.deliver(person, target.lane);
	expect(engine.provider.requests).toEqual([]);
	await startDueRuns(engine.deps, new Date(moment.getTime() - 1));
	expect(await runs()).toHaveLength(0);
	await startDueRuns(engine.deps, later);
	expect(engine.rung).toContainEqual({ workspaceId: person.workspaceId, lane: target.lane });
	await engine.deliver(person, target.lane);
	expect((await engine.record(person, id)).status).toBe("delivered");
	const [run] = await runs();
	expect(run).toMatchObject({ cause: "schedule", queued: 1, scheduledFor: moment, ownerId: person.userId });
	expect(await getTarget(engine.deps, person, target.targetId)).toMatchObject({
		lastRunAt: later.toISOString(),
		nextRunAt: "2026-01-07T07:30:00.000Z",
	});
});

test("SYNC-2: however many workers wake at one moment, it has one run", async () => {
	await Promise.all(Array.from({ length: 5 }, () => startDueRuns(engine.deps, later)));
	await startDueRuns(engine.deps, later);
	expect(await runs()).toHaveLength(1);
});

test("SYNC-2: moments that passed while nothing was running are made up for by one run", async () => {
	const days = new Date("2026-01-09T12:00:00Z");
	await startDueRuns(engine.deps, days);
	await startDueRuns(engine.deps, days);
	expect(await runs()).toHaveLength(1);
	expect(await getTarget(engine.deps, person, target.targetId)).toMatchObject({
		nextRunAt: "2026-01-10T07:30:00.000Z",
	});
});

test("SYNC-2: a target that is paused runs at no moment, and once it goes on", async () => {
	await setStatus("paused");
	await startDueRuns(engine.deps, later);
	expect(await runs()).toHaveLength(0);
	await setStatus("active");
	await startDueRuns(engine.deps, later);
	expect(await runs()).toHaveLength(1);
});
