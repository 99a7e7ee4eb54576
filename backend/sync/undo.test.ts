import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { RecordPutOperation } from "../contract/writes.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { listRecords } from "../records/list-records.ts";
import { testPut, testUndo } from "../records/test-operations.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { installCheckpointListener } from "../telemetry/checkpoint.ts";
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

const url = "https://example.test/page";
const theirs = { colUrl: url, colTitle: "Theirs" };
const asBefore = { ...theirs, colPrice: null };
const deliver = () => engine.deliver(person, target.lane);
const there = () => engine.provider.rows().get(url);
const put = (more: Parameters<typeof testPut>[0] = {}) =>
	testPut({ targetId: target.targetId, url, price: 9, ...more });
const write = async (...operations: Parameters<TestEngine["write"]>[1]) =>
	(await engine.write(person, operations)).map(({ status, error }) => error?.code ?? status);
const send = async (more: Parameters<typeof testPut>[0] = {}): Promise<RecordPutOperation> => {
	const operation = put(more);
	await engine.write(person, [operation]);
	await deliver();
	return operation;
};
const left = async () => (await listRecords(engine.deps, person, {})).records.map(({ id }) => id);
const view = ({ record }: RecordPutOperation) => engine.record(person, record.id);
const expireLeases = () =>
	db.database.asTenant(person, async (sql) => {
		await sql`update sheaf.deliveries set lease_until = now() - interval '1 second' where state = 'delivering'`;
	});
/** The first arrival at a point kills the run, as a power cut would. */
const killAt = (point: string) => {
	let reached = 0;
	removeListener = installCheckpointListener((name) => {
		if (name !== point || reached > 0) return;
		reached += 1;
		throw new Error("killed");
	});
};

describe("undo takes back what arrived", () => {
	test("OUT-3: a row that the capture made is removed, and the record goes", async () => {
		const made = await send();
		expect((await view(made)).undo).toEqual({ kind: "remove" });
		expect(await write(testUndo(made.record.id, 1))).toEqual(["stored"]);
		expect(await view(made)).toMatchObject({ undo: null, undoing: true });
		await deliver();
		expect(there()).toBeUndefined();
		expect(engine.provider.removals).toEqual([[`row-${url}`]]);
		expect(await left()).toEqual([]);
	});

	test("OUT-3: a row that was there gets back the cells it had; what was empty is empty again", async () => {
		engine.provider.rows().set(url, theirs);
		const updated = await send({ title: "Ours" });
		expect(there()).toMatchObject({ colTitle: "Ours", colPrice: 9 });
		expect((await view(updated)).undo).toEqual({ kind: "restore" });
		await write(testUndo(updated.record.id));
		await deliver();
		expect(there()).toEqual(asBefore);
		expect(engine.provider.removals).toEqual([]);
		expect(await left()).toEqual([]);
	});

	test("OUT-3: the undo of an edit gives the row what the version before had said", async () => {
		const first = await send({ title: "First" });
		await send({ recordId: first.record.id, version: 2, title: "Second" });
		await write(testUndo(first.record.id, 2));
		await deliver();
		expect(there()).toMatchObject({ colTitle: "First" });
		expect(await left()).toEqual([]);
	});

	test("SYNC-5: where policies look anyway, nothing is looked at twice", async () => {
		target = await createTestTarget(db.database, person, { conflictPolicy: "fill_empty" });
		engine.provider.rows().set(url, theirs);
		const filled = await send({ title: "Ours" });
		expect(engine.provider.reads).toHaveLength(1);
		expect(there()).toEqual({ ...theirs, colPrice: 9 });
		await write(testUndo(filled.record.id));
		await deliver();
		expect(there()).toEqual(asBefore);
	});

	test("OUT-3: undone twice is undone once", async () => {
		const made = await send();
		const undo = testUndo(made.record.id, 1);
		expect(await write(undo, testUndo(made.record.id, 1))).toEqual(["stored", "duplicate"]);
		expect(await write(undo)).toEqual(["duplicate"]);
		await deliver();
		expect(await write(undo, testUndo(made.record.id, 1))).toEqual(["duplicate", "stored"]);
		await deliver();
		expect(engine.provider.removals).toHaveLength(1);
		expect(await write(made, put({ recordId: made.record.id }))).toEqual(["duplicate", "duplicate"]);
		expect(await left()).toEqual([]);
	});

	test("OUT-3: a row that is gone already counts as taken back", async () => {
		engine.provider.rows().set(url, theirs);
		const updated = await send();
		engine.provider.rows().delete(url);
		await write(testUndo(updated.record.id));
		await deliver();
		expect(there()).toBeUndefined();
		expect(await left()).toEqual([]);
	});

	test("OUT-5: the older record stands for the row again and goes out again", async () => {
		const older = await send({ title: "Older", capturedAt: "2026-01-01T00:00:00.000Z" });
		const newer = await send({ title: "Newer", capturedAt: "2026-01-02T00:00:00.000Z" });
		expect((await view(older)).supersededBy).toBe(newer.record.id);
		await write(testUndo(newer.record.id));
		await deliver();
		expect(await view(older)).toMatchObject({ supersededBy: null, status: "delivered", undoing: false });
		expect(there()).toMatchObject({ colTitle: "Older" });
		expect(await write(testUndo(older.record.id))).toEqual(["stored"]);
	});

	test("OUT-3: of one capture in two targets each has a status of its own, and each is undone by itself", async () => {
		const captureId = crypto.randomUUID();
		const other = await createTestTarget(db.database, person, { tableId: "table2" });
		const [one, two] = [put({ captureId }), put({ captureId, targetId: other.targetId })];
		engine.provider.onPush = async (_rows, { tableId }) =>
			tableId === "table2" ? { kind: "split", reason: "delivery/refused", message: "No." } : null;
		await write(one, two);
		await deliver();
		await engine.deliver(person, other.lane);
		expect(await view(one)).toMatchObject({ captureId, status: "delivered" });
		expect(await view(two)).toMatchObject({ captureId, status: "needs_you" });
		await write(testUndo(one.record.id));
		await deliver();
		expect(await left()).toEqual([two.record.id]);
	});
});

describe("undo that comes at another moment", () => {
	test("OUT-3: in one batch with its put, nothing is sent", async () => {
		const quick = put();
		expect(await write(quick, testUndo(quick.record.id, 1))).toEqual(["stored", "stored"]);
		await deliver();
		expect(engine.provider.requests).toEqual([]);
		expect(await left()).toEqual([]);
		expect(await write(put({ recordId: quick.record.id }))).toEqual(["duplicate"]);
	});

	test("OUT-3: before anything was sent, the record goes and nothing is asked of the destination", async () => {
		const waiting = put();
		await write(waiting);
		expect((await view(waiting)).undo).toEqual({ kind: "take_back" });
		await write(testUndo(waiting.record.id));
		await deliver();
		expect([engine.provider.requests, engine.provider.removals]).toEqual([[], []]);
		expect(await left()).toEqual([]);
	});

	test("I4: while the push is on its way, the row is taken back after it has arrived", async () => {
		engine.provider.rows().set(url, theirs);
		const racing = put({ title: "Ours" });
		engine.provider.afterPush = async () => {
			if (engine.provider.requests.length === 1) expect(await write(testUndo(racing.record.id, 1))).toEqual(["stored"]);
			return null;
		};
		await write(racing);
		await deliver();
		expect(there()).toEqual(asBefore);
		expect(await left()).toEqual([]);
	});

	test("I4: a newer version wins over an undo that waits, and over one that is on its way", async () => {
		const made = await send({ title: "First" });
		await write(testUndo(made.record.id, 1), put({ recordId: made.record.id, version: 2, title: "Second" }));
		await deliver();
		expect(engine.provider.removals).toEqual([]);
		expect(there()).toMatchObject({ colTitle: "Second" });
		await write(testUndo(made.record.id, 2));
		engine.provider.onPush = async (rows) => {
			if (rows[0]?.cells["colTitle"] === "First")
				await write(put({ recordId: made.record.id, version: 3, title: "Third" }));
			return null;
		};
		await deliver();
		expect(there()).toMatchObject({ colTitle: "Third" });
		expect(await view(made)).toMatchObject({ status: "delivered", deliveredVersion: 3, undoing: false });
	});

	test("I4: the undo of an older version takes nothing", async () => {
		const made = await send();
		await send({ recordId: made.record.id, version: 2 });
		expect(await write(testUndo(made.record.id, 1))).toEqual(["duplicate"]);
		await deliver();
		expect(there()).toBeDefined();
		expect((await view(made)).version).toBe(2);
	});

	test("OUT-3: too late, it is rejected with what to do", async () => {
		engine.provider.rows().set(url, theirs);
		const backlog = put();
		await write(backlog);
		await engine.age(person);
		await deliver();
		expect((await view(backlog)).undo).toBeNull();
		expect(await write(testUndo(backlog.record.id))).toEqual(["records/not-undoable"]);
		expect((await view(backlog)).status).toBe("delivered");
	});

	test("OUT-3: a row that a backlog made can be removed all the same", async () => {
		const backlog = put();
		await write(backlog);
		await engine.age(person);
		await deliver();
		expect(engine.provider.reads).toEqual([]);
		await write(testUndo(backlog.record.id));
		await deliver();
		expect(there()).toBeUndefined();
	});
});

describe("undo and faults", () => {
	test.each(["deliver/after-claim", "deliver/before-push", "deliver/after-accept", "deliver/before-settle"])(
		"SYNC-3: killed at %s in the middle of an undo, the row is as it was and the record goes",
		async (point) => {
			engine.provider.rows().set(url, theirs);
			const [updated, made] = [await send(), await send({ url: "https://example.test/new" })];
			await write(testUndo(updated.record.id), testUndo(made.record.id));
			killAt(point);
			await expect(deliver()).rejects.toThrow("killed");
			await expireLeases();
			await deliver();
			expect(there()).toEqual(asBefore);
			expect([...engine.provider.rows().keys()]).toEqual([url]);
			expect(await left()).toEqual([]);
		},
	);

	test("SYNC-3: what may have arrived before a power cut is looked for, and taken back", async () => {
		const cut = put();
		await write(cut);
		killAt("deliver/after-accept");
		await expect(deliver()).rejects.toThrow("killed");
		await write(testUndo(cut.record.id, 1));
		await expireLeases();
		await deliver();
		expect(engine.provider.requests).toHaveLength(1);
		expect(there()).toBeUndefined();
		expect(await left()).toEqual([]);
	});

	test("SYNC-3: cut off before its result, the next look does not take our own cells for theirs", async () => {
		engine.provider.rows().set(url, theirs);
		const cut = put();
		await write(cut);
		killAt("deliver/after-accept");
		await expect(deliver()).rejects.toThrow("killed");
		await expireLeases();
		await deliver();
		await write(testUndo(cut.record.id));
		await deliver();
		expect(there()).toEqual(asBefore);
	});

	test("I1: a destination that is busy is asked again; one that refuses needs the person, who may try again", async () => {
		const made = await send();
		await write(testUndo(made.record.id));
		const message = "Busy.";
		engine.provider.onRemove = async () =>
			engine.provider.removals.length === 1
				? { kind: "later", afterMs: 0, reason: "delivery/provider-busy", message, countsAgainstBudget: false }
				: { kind: "refused", reason: "delivery/refused", message };
		await deliver();
		expect(await view(made)).toMatchObject({ status: "stored", undoing: true });
		await engine.makeDue(person);
		await deliver();
		expect(await view(made)).toMatchObject({ status: "needs_you", problem: { code: "delivery/refused" } });
		engine.provider.onRemove = async () => null;
		expect(await write(testUndo(made.record.id))).toEqual(["duplicate"]);
		await db.database.asTenant(person, async (sql) => {
			await sql`update sheaf.deliveries set state = 'pending', next_attempt_at = now()`;
		});
		await deliver();
		expect(await left()).toEqual([]);
	});

	test("SYNC-4: a refused credential pauses the targets, and the undo waits for the reconnection", async () => {
		const made = await send();
		await write(testUndo(made.record.id));
		engine.provider.onRemove = async () => ({
			kind: "reconnect",
			reason: "delivery/credential-refused",
			message: "Reconnect.",
		});
		await deliver();
		expect(await view(made)).toMatchObject({ status: "stored", undoing: true, problem: { action: "reconnect" } });
		expect(there()).toBeDefined();
	});
});
