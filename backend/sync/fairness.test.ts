import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { fillBacklog } from "../db/test-backlog.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { deliverLane } from "./deliver-lane.ts";
import { createTestConnector } from "./test-connector.ts";
import { createTestEngine, type TestEngine } from "./test-engine.ts";

setDefaultTimeout(120_000);

const waiting = 100_000;

let db: TestDatabase;
let person: Principal;
let full: TestTarget;
let engine: TestEngine;

beforeAll(async () => {
	db = await createTestDatabase();
	person = await createTestTenant(db.database);
	full = await createTestTarget(db.database, person);
	await fillBacklog(db, person, { ...full, count: waiting });
});
afterAll(async () => {
	await db.close();
});

beforeEach(() => {
	// Slow enough that a request's turn is what everybody waits for. A base is one budget, whoever asks.
	const provider = createTestConnector({ requestsPerSecond: 20 });
	provider.connector.manifest.budgetScope = ({ containerId }) => `scripted:${containerId}`;
	engine = createTestEngine(db, provider);
});

/**
 * Delivers the backlog, writes one record to the other target once requests are leaving, and stops when that has left.
 *
 * @returns how many requests left between the moment the record was due and its own
 */
async function requestsBefore(single: TestTarget): Promise<number> {
	const { requests } = engine.provider;
	const stop = new AbortController();
	const url = `https://single.test/${single.targetId}`;
	let due: number | null = null;
	const left = Promise.withResolvers<number>();
	const deliver = (lane: string) => deliverLane(engine.deps, { workspaceId: person.workspaceId, lane }, stop.signal);
	const running: Promise<unknown>[] = [];
	engine.provider.onPush = async (rows) => {
		if (rows.some(({ cells }) => cells["colUrl"] === url)) left.resolve(requests.length - 1 - (due ?? 0));
		// The first one after some have left, while others of the backlog wait for their turns.
		if (due === null && requests.length >= 8) {
			due = requests.length;
			await engine.write(person, [testPut({ targetId: single.targetId, url })]);
			due = requests.length;
			if (single.lane !== full.lane) running.push(deliver(single.lane));
		}
		return null;
	};
	running.push(deliver(full.lane));
	const before = await left.promise;
	stop.abort();
	await Promise.all(running);
	return before;
}

/** Pushes of the backlog that are under way already keep a place in the lane each, and one of them holds the next turn. */
const usualInFlight = 4;

test("I5, SYNC-4: 100,000 waiting rows keep another target of their lane waiting for those under way and no more", async () => {
	const { connectionId } = full;
	const single = await createTestTarget(db.database, person, { connectionId, tableId: "table2" });
	expect(single.lane).toBe(full.lane);
	expect(await requestsBefore(single)).toBeLessThanOrEqual(2 * usualInFlight);
});

test("I5, SYNC-4: nor another connection to the same base, whose lane shares their budget", async () => {
	const single = await createTestTarget(db.database, person, { tableId: "table2" });
	expect(single.lane).not.toBe(full.lane);
	expect(await requestsBefore(single)).toBeLessThanOrEqual(2 * usualInFlight);
});

test("I5, SYNC-4: nor do pushes that take long, though they keep every place of the lane", async () => {
	const { connectionId } = full;
	const single = await createTestTarget(db.database, person, { connectionId, tableId: "table2" });
	const url = `https://single.test/${single.targetId}`;
	const left = Promise.withResolvers<null>();
	const stop = new AbortController();
	let taken = 0;
	engine.provider.onPush = async (rows) => {
		if (rows.some(({ cells }) => cells["colUrl"] === url)) left.resolve(null);
		taken += 1;
		if (taken === usualInFlight) await engine.write(person, [testPut({ targetId: single.targetId, url })]);
		// None of the backlog's pushes ends before the single record has left.
		return await left.promise;
	};
	const running = deliverLane(engine.deps, { workspaceId: person.workspaceId, lane: full.lane }, stop.signal);
	await left.promise;
	stop.abort();
	await running;
	expect(taken).toBe(usualInFlight + 1);
});
