import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { retryRecord } from "../records/retry-record.ts";
import { testPut } from "../records/test-operations.ts";
import { parseLane } from "../targets/lane.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { installCheckpointListener } from "../telemetry/checkpoint.ts";
import { blockScope } from "./budget.ts";
import { deliverLane } from "./deliver-lane.ts";
import { findDueLanes } from "./sweep.ts";
import { createTestEngine, type TestEngine } from "./test-engine.ts";

// Real waits for real limits, on a machine that may have other things to do.
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

beforeEach(async () => {
	engine = createTestEngine(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
});

let removeListener: () => void = () => undefined;
afterEach(() => removeListener());

const puts = (count: number, targetId = target.targetId) => Array.from({ length: count }, () => testPut({ targetId }));
const deliver = () => engine.deliver(person, target.lane);
const status = async (id: string) => (await engine.record(person, id)).status;

type Attempt = { outcome: string | null; version: number; epoch: string };
const attemptsOf = async (recordId: string): Promise<Attempt[]> =>
	await db.database.asTenant(
		person,
		async (sql) =>
			await sql<Attempt[]>`
			select outcome, version, lease_epoch as epoch from sheaf.delivery_attempts
			where record_id = ${recordId} order by lease_epoch`,
	);

describe("refusals and failures", () => {
	test("I5: one bad record among 25: 24 arrive and the one needs the person", async () => {
		const batch = puts(25);
		const bad = batch[13];
		if (bad === undefined) throw new Error("no put");
		const message = "“Name” does not take this.";
		const details = { case: "column", columnName: "Name" };
		engine.provider.onPush = async (rows) =>
			rows.some(({ ref }) => ref === bad.record.id)
				? { kind: "split", reason: "delivery/value-refused", message, details }
				: null;
		await engine.write(person, batch);
		await deliver();
		expect(engine.provider.rows().size).toBe(24);
		expect(await engine.record(person, bad.record.id)).toMatchObject({
			status: "needs_you",
			problem: { code: "delivery/value-refused", message, details, action: "edit" },
		});
		engine.provider.onPush = async () => null;
		await retryRecord(engine.deps, person, bad.record.id);
		await deliver();
		expect(engine.provider.rows().size).toBe(25);
	});

	test("I5: a connector that throws over a record fails that one alone", async () => {
		const batch = puts(12);
		const bad = batch[5]?.record.id ?? "";
		engine.provider.onPush = async (rows) => {
			if (rows.some(({ ref }) => ref === bad)) throw new Error("a defect");
			return null;
		};
		await engine.write(person, batch);
		await deliver();
		expect(engine.provider.rows().size).toBe(11);
		expect(await status(bad)).toBe("needs_you");
	});

	test("CON-2: a value that does not fit its column needs the person, without a request", async () => {
		const put = testPut({ targetId: target.targetId });
		put.record.fields.price = { type: "text", value: "a lot" };
		await engine.write(person, [put]);
		await deliver();
		expect(engine.provider.requests).toEqual([]);
		expect(await engine.record(person, put.record.id)).toMatchObject({
			status: "needs_you",
			problem: { code: "delivery/value-refused", action: "edit" },
		});
	});

	test("SYNC-4: a busy provider blocks its whole scope; records wait with the reason and then arrive", async () => {
		const batch = puts(30);
		let busy = true;
		engine.provider.onPush = async () =>
			busy
				? {
						kind: "later",
						afterMs: 30_000,
						reason: "delivery/provider-busy",
						message: "Busy.",
						countsAgainstBudget: true,
					}
				: null;
		await engine.write(person, batch);
		await deliver();
		const asked = engine.provider.requests.length;
		expect(asked).toBeLessThanOrEqual(4);
		await deliver();
		expect(engine.provider.requests).toHaveLength(asked);
		const waiting = await Promise.all(batch.map(({ record }) => engine.record(person, record.id)));
		expect(waiting.every((record) => record.status === "stored")).toBe(true);
		expect(waiting.some((record) => record.problem?.code === "delivery/provider-busy")).toBe(true);
		busy = false;
		await engine.makeDue(person);
		await deliver();
		expect(engine.provider.rows().size).toBe(30);
	});

	test("I1: however often the provider fails, a record is tried again and not given up", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		await engine.write(person, [put]);
		engine.provider.onPush = async () => ({
			kind: "later",
			afterMs: 0,
			reason: "delivery/provider-error",
			message: "Down.",
			countsAgainstBudget: false,
		});
		for (let round = 0; round < 12; round += 1) {
			await deliver();
			await engine.makeDue(person);
		}
		expect(await status(put.record.id)).toBe("stored");
		expect(await attemptsOf(put.record.id)).toHaveLength(12);
		engine.provider.onPush = async () => null;
		await deliver();
		expect(await status(put.record.id)).toBe("delivered");
	});

	test("I5: a record that fails again and again without being refused goes out alone", async () => {
		const batch = puts(10);
		const bad = batch[0]?.record.id ?? "";
		await engine.write(person, batch);
		engine.provider.onPush = async (rows) =>
			rows.some(({ ref }) => ref === bad)
				? {
						kind: "later",
						afterMs: 0,
						reason: "delivery/provider-error",
						message: "Down.",
						countsAgainstBudget: false,
					}
				: null;
		for (let round = 0; round < 20; round += 1) {
			await deliver();
			await engine.makeDue(person);
		}
		expect(engine.provider.rows().size).toBe(9);
		expect(await status(bad)).toBe("stored");
	});

	test("SYNC-4: a refused credential pauses the connection's targets with the reason, and fails no record", async () => {
		const batch = puts(12);
		await engine.write(person, batch);
		engine.provider.onPush = async () => ({
			kind: "reconnect",
			reason: "delivery/credential-refused",
			message: "Reconnect the account.",
		});
		await deliver();
		const requests = engine.provider.requests.length;
		await deliver();
		expect(engine.provider.requests).toHaveLength(requests);
		expect(await engine.record(person, batch[0]?.record.id ?? "")).toMatchObject({
			status: "stored",
			problem: { code: "delivery/credential-refused", action: "reconnect" },
		});
		const [row] = await db.database.asTenant(
			person,
			async (sql) =>
				await sql`
				select c.status as connection, t.status as target from sheaf.targets t
				join sheaf.connections c on c.id = t.connection_id where t.id = ${target.targetId}`,
		);
		expect(row).toEqual({ connection: "revoked", target: "paused" });
	});

	test("SYNC-4: a table that is gone pauses its target alone", async () => {
		const other = await createTestTarget(db.database, person, { connectionId: target.connectionId, tableId: "table2" });
		await engine.write(person, [...puts(3), ...puts(3, other.targetId)]);
		engine.provider.onPush = async (_rows, { tableId }) =>
			tableId === "table1" ? { kind: "mend_target", reason: "delivery/table-missing", message: "Gone." } : null;
		await deliver();
		await deliver();
		expect(engine.provider.rows("table2").size).toBe(3);
		const rows = await db.database.asTenant(
			person,
			async (sql) => await sql<{ id: string; status: string }[]>`select id, status from sheaf.targets`,
		);
		expect(rows.find(({ id }) => id === target.targetId)?.status).toBe("paused");
		expect(rows.find(({ id }) => id === other.targetId)?.status).toBe("active");
	});
});

describe("being cut off", () => {
	const expireLeases = () =>
		db.database.asTenant(person, async (sql) => {
			await sql`update sheaf.deliveries set lease_until = now() - interval '1 second' where state = 'delivering'`;
		});

	test("SYNC-3, I8: killed after the provider accepted, the row is sent again and is one row", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		await engine.write(person, [put]);
		let reached = 0;
		removeListener = installCheckpointListener((name) => {
			if (name !== "deliver/after-accept" || reached > 0) return;
			reached += 1;
			throw new Error("killed");
		});
		await expect(deliver()).rejects.toThrow("killed");
		expect(await status(put.record.id)).toBe("delivering");
		await deliver();
		expect(engine.provider.requests).toHaveLength(1);
		await expireLeases();
		await deliver();
		expect(reached).toBe(1);
		expect([...engine.provider.created.values()]).toEqual([1]);
		expect(await status(put.record.id)).toBe("delivered");
		expect((await attemptsOf(put.record.id)).map(({ outcome }) => outcome)).toEqual(["unknown", "delivered"]);
	});

	/** Killed between the claim and the provider, with the lease run out since. */
	const cutOff = async (recordId: string) => {
		removeListener = installCheckpointListener((name) => {
			if (name === "deliver/before-push") throw new Error("killed");
		});
		await expect(deliver()).rejects.toThrow("killed");
		removeListener();
		await expireLeases();
		expect(await status(recordId)).toBe("delivering");
	};
	const isRung = async () => (await findDueLanes(db.database.asService)).some(({ lane }) => lane === target.lane);

	test("I1, I6: what a killed worker held says that it waits for its account, when the provider refused that meanwhile", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		await engine.write(person, [put]);
		await cutOff(put.record.id);
		await db.database.asTenant(person, async (sql) => {
			const problem = { code: "delivery/credential-refused", action: "reconnect", message: "Reconnect the account." };
			await sql`update sheaf.connections set status = 'revoked', problem = ${sql.json(problem)} where id = ${target.connectionId}`;
			await sql`update sheaf.targets set status = 'paused', problem = ${sql.json(problem)} where id = ${target.targetId}`;
		});
		expect(await isRung()).toBe(true);
		await deliver();
		expect(await engine.record(person, put.record.id)).toMatchObject({
			status: "stored",
			problem: { code: "delivery/credential-refused", action: "reconnect" },
		});
		expect((await attemptsOf(put.record.id)).map(({ outcome }) => outcome)).toEqual(["unknown"]);
		expect(await isRung()).toBe(false);
	});

	test("I1, I6: what a killed worker held waits like the rest while the provider blocks its scope", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		await engine.write(person, [put]);
		await cutOff(put.record.id);
		const lane = parseLane(target.lane);
		if (lane === null) throw new Error("no lane");
		await blockScope(db.database.asService, engine.provider.connector.manifest.budgetScope(lane), 60_000);
		await deliver();
		expect(await status(put.record.id)).toBe("stored");
		expect((await attemptsOf(put.record.id)).map(({ outcome }) => outcome)).toEqual(["unknown"]);
		await engine.makeDue(person);
		await deliver();
		expect(await status(put.record.id)).toBe("delivered");
	});

	test("I4: a result that comes after its lease was lost changes nothing", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		await engine.write(person, [put]);
		let first = true;
		engine.provider.onPush = async () => {
			if (!first) return null;
			first = false;
			await expireLeases();
			await deliver();
			expect(await status(put.record.id)).toBe("delivered");
			return { kind: "split", reason: "delivery/refused", message: "Too late." };
		};
		await deliver();
		expect(await status(put.record.id)).toBe("delivered");
		expect((await attemptsOf(put.record.id)).map(({ outcome }) => outcome)).toEqual(["unknown", "delivered"]);
	});

	test("I6: asked to stop, a run gives back what it holds", async () => {
		await engine.write(person, puts(30));
		const stopping = new AbortController();
		engine.provider.onPush = async () => {
			stopping.abort();
			return {
				kind: "later",
				afterMs: 60_000,
				reason: "delivery/provider-unreachable",
				message: "Cut short.",
				countsAgainstBudget: false,
			};
		};
		await deliverLane(engine.deps, { workspaceId: person.workspaceId, lane: target.lane }, stopping.signal);
		engine.provider.onPush = async () => null;
		await deliver();
		expect(engine.provider.rows().size).toBe(30);
	});

	test("OUT-5: an older record cut off on its way does not keep the newer one from going out", async () => {
		const url = "https://example.test/cut";
		const older = testPut({ targetId: target.targetId, url, title: "Older", capturedAt: "2026-01-01T00:00:00Z" });
		const newer = testPut({ targetId: target.targetId, url, title: "Newer", capturedAt: "2026-01-02T00:00:00Z" });
		await engine.write(person, [older]);
		await cutOff(older.record.id);
		await engine.write(person, [newer]);
		await deliver();
		expect(engine.provider.rows().get(url)).toMatchObject({ colTitle: "Newer" });
		expect([await status(older.record.id), await status(newer.record.id)]).toEqual(["delivered", "delivered"]);
	});
});
