import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testDelete, testPut } from "../records/test-operations.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
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

describe("delivering", () => {
	test("SYNC-1, I8: what is due arrives, with its link, and each attempt is closed with its outcome", async () => {
		const batch = puts(25);
		await engine.write(person, batch);
		await deliver();
		expect(engine.provider.rows().size).toBe(25);
		const [first] = batch;
		const id = first?.record.id ?? "";
		expect(await engine.record(person, id)).toMatchObject({
			status: "delivered",
			deliveredVersion: 1,
			remoteUrl: `https://provider.test/row-https://example.test/${id}`,
			problem: null,
		});
		expect([...(await attemptsOf(id))]).toEqual([{ outcome: "delivered", version: 1, epoch: "1" }]);
	});

	test("SYNC-4: a request carries no more rows than the provider takes", async () => {
		await engine.write(person, puts(25));
		await deliver();
		// Claims that race may share the rows otherwise than 10, 10 and 5.
		const sizes = engine.provider.requests.map(({ rows }) => rows.length);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(25);
	});

	test("SYNC-3: two workers on one lane deliver each row once", async () => {
		await engine.write(person, puts(120));
		await Promise.all([deliver(), deliver(), deliver()]);
		const sent = engine.provider.requests.flatMap(({ rows }) => rows.map(({ ref }) => ref));
		expect(sent).toHaveLength(120);
		expect(new Set(sent).size).toBe(120);
	});

	test("SYNC-2: a manual target's records wait until their run", async () => {
		const manual = await createTestTarget(db.database, person, { frequency: "manual" });
		const [put] = puts(1, manual.targetId);
		if (put === undefined) throw new Error("no put");
		await engine.write(person, [put]);
		await engine.deliver(person, manual.lane);
		expect(await status(put.record.id)).toBe("stored");
	});

	test("I5: the targets of a lane take turns", async () => {
		const second = await createTestTarget(db.database, person, {
			connectionId: target.connectionId,
			tableId: "table2",
		});
		await engine.write(person, puts(100));
		await engine.write(person, puts(5, second.targetId));
		await deliver();
		const order = engine.provider.requests.map(({ target: { tableId } }) => tableId);
		// Four requests leave at once with the first target; the next turn is the other one's.
		expect(order.indexOf("table2")).toBeLessThan(6);
		expect(engine.provider.rows("table2").size).toBe(5);
		expect(engine.provider.rows("table1").size).toBe(100);
	});

	test("SYNC-3: two targets that fill one table never create one row at the same time", async () => {
		const twin = await createTestTarget(db.database, person, { connectionId: target.connectionId });
		const busy = new Set<string>();
		engine.provider.onPush = async (rows) => {
			const urls = rows.map(({ cells }) => String(cells.colUrl));
			expect(urls.filter((url) => busy.has(url))).toEqual([]);
			for (const url of urls) busy.add(url);
			await Bun.sleep(5);
			for (const url of urls) busy.delete(url);
			return null;
		};
		const urls = Array.from({ length: 20 }, (_, n) => `https://example.test/twin/${n}`);
		await engine.write(
			person,
			urls.flatMap((url) => [testPut({ targetId: target.targetId, url }), testPut({ targetId: twin.targetId, url })]),
		);
		await deliver();
		expect(engine.provider.requests.length).toBeGreaterThan(2);
		expect([...engine.provider.created.values()].every((times) => times === 1)).toBe(true);
	});
});

describe("versions", () => {
	test("I4: a newer version that arrives while an older one is on its way goes out after it", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		const newer = testPut({ targetId: target.targetId, recordId: put.record.id, version: 2, title: "Newer" });
		await engine.write(person, [put]);
		let first = true;
		engine.provider.onPush = async () => {
			if (first) {
				first = false;
				await engine.write(person, [newer]);
			}
			return null;
		};
		await deliver();
		expect(engine.provider.rows().get(put.record.source.url)).toMatchObject({ colTitle: "Newer" });
		expect(await engine.record(person, put.record.id)).toMatchObject({ status: "delivered", deliveredVersion: 2 });
	});

	test("OUT-3: a record removed while it is on its way leaves a closed attempt and nothing else", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		await engine.write(person, [put]);
		engine.provider.onPush = async () => {
			await engine.write(person, [testDelete(put.record.id)]);
			return null;
		};
		await deliver();
		expect([...(await attemptsOf(put.record.id))]).toEqual([{ outcome: "delivered", version: 1, epoch: "1" }]);
		await expect(engine.record(person, put.record.id)).rejects.toMatchObject({ code: "records/not-found" });
	});

	test("SYNC-3: a record removed and put back while it is on its way is not sent twice at once", async () => {
		const [put] = puts(1);
		if (put === undefined) throw new Error("no put");
		const again = testPut({ targetId: target.targetId, recordId: put.record.id, version: 2, title: "Back" });
		await engine.write(person, [put]);
		let first = true;
		engine.provider.onPush = async () => {
			if (!first) return null;
			first = false;
			await engine.write(person, [testDelete(put.record.id), again]);
			await deliver();
			expect(engine.provider.requests).toHaveLength(1);
			return null;
		};
		await deliver();
		await deliver();
		expect(engine.provider.rows().get(again.record.source.url)).toMatchObject({ colTitle: "Back" });
		expect((await attemptsOf(put.record.id)).map(({ epoch }) => epoch)).toEqual(["1", "2"]);
	});
});

describe("one row per match key (OUT-5)", () => {
	const url = "https://example.test/one";

	test("OUT-5: captures of one page become one row, the newer cells over the older, and all are delivered", async () => {
		const older = testPut({
			targetId: target.targetId,
			url,
			title: "Older",
			price: 3,
			capturedAt: "2026-01-01T00:00:00Z",
		});
		const newer = testPut({ targetId: target.targetId, url, title: "Newer", capturedAt: "2026-01-02T00:00:00Z" });
		await engine.write(person, [older, newer]);
		await deliver();
		expect(engine.provider.requests).toHaveLength(1);
		expect(engine.provider.rows().get(url)).toEqual({ colTitle: "Newer", colUrl: url, colPrice: 3 });
		expect(await status(older.record.id)).toBe("delivered");
		expect(await engine.record(person, older.record.id)).toMatchObject({ supersededBy: newer.record.id });
	});

	test("OUT-5: an older capture that arrives late adds what only it has", async () => {
		const newer = testPut({ targetId: target.targetId, url, title: "Newer", capturedAt: "2026-01-02T00:00:00Z" });
		await engine.write(person, [newer]);
		await deliver();
		const older = testPut({
			targetId: target.targetId,
			url,
			title: "Older",
			price: 3,
			capturedAt: "2026-01-01T00:00:00Z",
		});
		await engine.write(person, [older]);
		await deliver();
		expect(engine.provider.rows().get(url)).toEqual({ colTitle: "Newer", colUrl: url, colPrice: 3 });
		expect(await status(older.record.id)).toBe("delivered");
	});

	test("OUT-5: one that arrives while the newer is on its way is folded in the next request", async () => {
		const newer = testPut({ targetId: target.targetId, url, title: "Newer", capturedAt: "2026-01-02T00:00:00Z" });
		const older = testPut({ targetId: target.targetId, url, price: 3, capturedAt: "2026-01-01T00:00:00Z" });
		await engine.write(person, [newer]);
		let first = true;
		engine.provider.onPush = async () => {
			if (first) {
				first = false;
				await engine.write(person, [older]);
			}
			return null;
		};
		await deliver();
		expect(engine.provider.rows().get(url)).toEqual({ colTitle: "Newer", colUrl: url, colPrice: 3 });
		expect([await status(newer.record.id), await status(older.record.id)]).toEqual(["delivered", "delivered"]);
	});

	test("I5, OUT-5: an older capture that the provider refuses does not hold the newer one up", async () => {
		const older = testPut({ targetId: target.targetId, url, price: 666, capturedAt: "2026-01-01T00:00:00Z" });
		const newer = testPut({ targetId: target.targetId, url, title: "Newer", capturedAt: "2026-01-02T00:00:00Z" });
		engine.provider.onPush = async (rows) =>
			rows.some(({ cells }) => cells.colPrice === 666)
				? { kind: "split", reason: "delivery/value-refused", message: "No." }
				: null;
		await engine.write(person, [older, newer]);
		await deliver();
		expect(engine.provider.rows().get(url)).toMatchObject({ colTitle: "Newer" });
		expect([await status(newer.record.id), await status(older.record.id)]).toEqual(["delivered", "needs_you"]);
	});
});
