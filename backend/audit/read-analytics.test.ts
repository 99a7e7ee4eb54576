import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Analytics } from "../contract/activity.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { readAnalytics } from "./read-analytics.ts";

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
beforeEach(async () => {
	engine = createTestEngine(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
});

const puts = (count: number) => Array.from({ length: count }, () => testPut({ targetId: target.targetId }));
const analytics = (query: Parameters<typeof readAnalytics>[2] = {}, who = person): Promise<Analytics> =>
	readAnalytics({ database: db.database }, who, query);

test("SYNC-8: what was delivered, refused and tried again is counted once each, with its reasons and its wait", async () => {
	const batch = puts(12);
	const bad = batch[3]?.record.id;
	let busy = true;
	engine.provider.onPush = async (rows) => {
		if (busy) {
			busy = false;
			const reason = "delivery/provider-error";
			return { kind: "later", afterMs: 0, reason, message: "Down.", countsAgainstBudget: false };
		}
		const refusal = { kind: "split", reason: "delivery/value-refused", message: "“Name” does not take this." } as const;
		return rows.some(({ ref }) => ref === bad) ? refusal : null;
	};
	await engine.write(person, batch);
	await engine.deliver(person, target.lane);
	await engine.makeDue(person);
	await engine.deliver(person, target.lane);
	const { total, problems, days } = await analytics();
	expect(total).toMatchObject({ delivered: 11, refused: 1, successRate: 11 / 12 });
	expect(total.retried).toBeGreaterThan(0);
	expect(total.medianWaitMs).toBeGreaterThanOrEqual(0);
	expect(total.p95WaitMs).toBeGreaterThanOrEqual(total.medianWaitMs ?? 0);
	expect(problems).toEqual([
		{ code: "delivery/provider-error", attempts: total.retried },
		{ code: "delivery/value-refused", attempts: 1 },
	]);
	expect(days).toHaveLength(30);
	expect(days.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(11);
});

test("SYNC-8: a wait is counted from when a delivery was first due, through all its attempts", async () => {
	await engine.write(person, puts(1));
	await db.database.asTenant(person, async (sql) => {
		await sql`update sheaf.deliveries set next_attempt_at = now() - interval '20 minutes'`;
	});
	engine.provider.onPush = async () => {
		engine.provider.onPush = async () => null;
		const reason = "delivery/provider-error";
		return { kind: "later", afterMs: 0, reason, message: "Down.", countsAgainstBudget: false };
	};
	await engine.deliver(person, target.lane);
	await engine.makeDue(person);
	await engine.deliver(person, target.lane);
	const { medianWaitMs } = (await analytics()).total;
	expect(medianWaitMs).toBeGreaterThanOrEqual(1_000_000);
	expect(medianWaitMs).toBeLessThanOrEqual(1_600_000);
});

test("SYNC-8: an hour belongs to the day of whoever looks, and days without a delivery are there", async () => {
	await db.database.asTenant(person, async (sql) => {
		await sql`
			insert into sheaf.delivery_hours (target_id, hour, delivered, waits)
			values (${target.targetId}, '2026-03-01T23:00:00Z', 2, '{1,1}'), (${target.targetId}, '2026-03-02T09:00:00Z', 1, '{0,1}')`;
	});
	const clock = () => Date.parse("2026-03-03T12:00:00Z");
	const delivered = async (timeZone: string) => {
		const { days } = await readAnalytics({ database: db.database, clock }, person, { days: 3, timeZone });
		return Object.fromEntries(days.map((one) => [one.day, one.delivered]));
	};
	expect(await delivered("UTC")).toEqual({ "2026-03-01": 2, "2026-03-02": 1, "2026-03-03": 0 });
	expect(await delivered("Asia/Tokyo")).toEqual({ "2026-03-01": 0, "2026-03-02": 3, "2026-03-03": 0 });
	await expect(delivered("Nowhere/Else")).rejects.toThrow("no time zone");
});

test("SYNC-8: one target's numbers are its own, and TEN-3: another tenant sees none", async () => {
	const other = await createTestTarget(db.database, person);
	await engine.write(person, [...puts(2), testPut({ targetId: other.targetId })]);
	await engine.deliver(person, target.lane);
	await engine.deliver(person, other.lane);
	expect((await analytics({ targetId: other.targetId })).total.delivered).toBe(1);
	expect((await analytics()).total.delivered).toBe(3);
	const stranger = await createTestTenant(db.database);
	expect((await analytics({}, stranger)).total).toMatchObject({ delivered: 0, successRate: null, medianWaitMs: null });
	expect((await analytics({ targetId: target.targetId }, stranger)).total.delivered).toBe(0);
});
