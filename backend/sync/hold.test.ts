import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { approveRecords } from "../records/approve-records.ts";
import { listRecords } from "../records/list-records.ts";
import { retryRecord } from "../records/retry-record.ts";
import { ringLanesLater } from "../records/ring-lanes.ts";
import { testDelete, testPut, testUndo } from "../records/test-operations.ts";
import { listTargets } from "../targets/read-targets.ts";
import { runTarget } from "../targets/run-target.ts";
import { createTestTarget, type TestTarget, type TestTargetSettings } from "../targets/test-target.ts";
import { createTestConnector } from "./test-connector.ts";
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

const url = "https://example.test/page";
const deliver = () => engine.deliver(person, target.lane);
const put = (more: Parameters<typeof testPut>[0] = {}) => testPut({ targetId: target.targetId, url, ...more });
const write = async (...operations: Parameters<TestEngine["write"]>[1]) =>
	(await engine.write(person, operations)).map(({ status, error }) => error?.code ?? status);
const sent = () => engine.provider.requests.flatMap(({ rows }) => rows.map(({ ref }) => ref));
const auditOf = async (recordId: string) =>
	(
		await db.database.asTenant(
			person,
			async (sql) =>
				await sql<{ action: string }[]>`
				select action from sheaf.audit_log where subject_id = ${recordId} order by id`,
		)
	).map(({ action }) => action);

describe("a destination that takes nothing back", () => {
	beforeEach(async () => {
		const provider = createTestConnector();
		const { remove: _, ...cannotRemove } = provider.connector;
		engine = createTestEngine(db, { ...provider, connector: cannotRemove });
		person = await createTestTenant(db.database);
		target = await createTestTarget(db.database, person);
	});

	test("OUT-3: what goes there rests for ten seconds, in which it can be taken back", async () => {
		const held = put();
		await write(held);
		await deliver();
		const { updatedAt, nextAttemptAt, undo } = await engine.record(person, held.record.id);
		expect(Date.parse(nextAttemptAt ?? "") - Date.parse(updatedAt)).toBe(10_000);
		expect(undo).toEqual({ kind: "take_back" });
		expect([engine.rung, sent()]).toEqual([[], []]);
		expect(await write(testUndo(held.record.id, 1))).toEqual(["stored"]);
		await engine.makeDue(person);
		await deliver();
		expect(sent()).toEqual([]);
	});

	test("OUT-3: once it has been sent, undo is rejected and says where to go", async () => {
		const held = put();
		await write(held);
		await engine.makeDue(person);
		engine.provider.onPush = async () => {
			expect(await write(testUndo(held.record.id))).toEqual(["records/not-undoable"]);
			return null;
		};
		await deliver();
		expect((await engine.record(person, held.record.id)).undo).toBeNull();
		expect(await write(testUndo(held.record.id))).toEqual(["records/not-undoable"]);
		expect(engine.provider.reads).toEqual([]);
	});

	test("SYNC-2: what waits for a run anyway is not held on top of it", async () => {
		target = await createTestTarget(db.database, person, { frequency: "manual" });
		await write(put());
		await runTarget(engine.deps, person, target.targetId);
		await deliver();
		expect(sent()).toHaveLength(1);
	});

	test("SYNC-1: it is rung for when the hold is over", async () => {
		const rung = Promise.withResolvers<string>();
		const doorbell = { ring: async ({ lane }: { lane: string }) => rung.resolve(lane), log: engine.deps.log };
		ringLanesLater(doorbell, { workspaceId: person.workspaceId, lanes: new Set([target.lane]), afterMs: 1 });
		expect(await rung.promise).toBe(target.lane);
	});
});

describe("a target that holds for review", () => {
	beforeEach(async () => {
		engine = createTestEngine(db);
		person = await createTestTenant(db.database);
		target = await reviewed();
	});

	async function reviewed(settings: TestTargetSettings = {}): Promise<TestTarget> {
		const made = await createTestTarget(db.database, person, settings);
		await db.database.asTenant(person, async (sql) => {
			await sql`update sheaf.targets set review = true where id = ${made.targetId}`;
		});
		return made;
	}
	const waiting = async () =>
		(await listRecords(engine.deps, person, { review: "waiting" })).records.map(({ id }) => id);
	const inReview = async () => (await listTargets(engine.deps, person)).map((each) => each.inReview);
	const approve = (...ids: string[]) => approveRecords(engine.deps, person, { ids });

	test("SYNC-2: nothing goes out before it is approved, whatever else is pressed", async () => {
		const held = put();
		await write(held);
		expect((await runTarget(engine.deps, person, target.targetId)).queued).toBe(0);
		await expect(retryRecord(engine.deps, person, held.record.id)).rejects.toMatchObject({
			code: "records/not-retryable",
		});
		await engine.makeDue(person);
		await deliver();
		expect(sent()).toEqual([]);
		expect([await waiting(), await inReview()]).toEqual([[held.record.id], [1]]);
		expect(await approve(held.record.id)).toEqual({ approved: 1 });
		expect(engine.rung).toEqual([{ workspaceId: person.workspaceId, lane: target.lane }]);
		await deliver();
		expect(await engine.record(person, held.record.id)).toMatchObject({ status: "delivered", review: null });
		expect([await waiting(), await inReview()]).toEqual([[], [0]]);
		expect(await auditOf(held.record.id)).toEqual(["record.put", "record.approve"]);
	});

	test("SYNC-2: approved twice is approved once; a whole target at a time; a discarded one never", async () => {
		const [one, two, gone] = [put({ url: `${url}/1` }), put({ url: `${url}/2` }), put({ url: `${url}/3` })];
		await write(one, two, gone, testDelete(gone.record.id));
		expect(await approve(one.record.id, one.record.id, crypto.randomUUID())).toEqual({ approved: 1 });
		expect(await approve(one.record.id)).toEqual({ approved: 0 });
		expect(await approveRecords(engine.deps, person, { targetId: target.targetId })).toEqual({ approved: 1 });
		await deliver();
		expect(sent().toSorted()).toEqual([one.record.id, two.record.id].toSorted());
	});

	test("I4: a newer version waits again, also when the older one is on its way", async () => {
		const { record } = put();
		const version = (number: number) => put({ recordId: record.id, version: number, title: `Version ${number}` });
		await write(version(1));
		await approve(record.id);
		engine.provider.onPush = async () => {
			await write(version(2));
			return null;
		};
		await deliver();
		expect(sent()).toHaveLength(1);
		expect(await engine.record(person, record.id)).toMatchObject({ review: "waiting", deliveredVersion: 1 });
		engine.provider.onPush = async () => null;
		await approve(record.id);
		await deliver();
		expect(await engine.record(person, record.id)).toMatchObject({ review: null, deliveredVersion: 2 });
	});

	test("OUT-5: an older record that nobody has approved is not folded under the newer one", async () => {
		const older = put({ capturedAt: "2026-01-01T00:00:00.000Z", price: 7 });
		const newer = put({ capturedAt: "2026-01-02T00:00:00.000Z" });
		await write(older, newer);
		await approve(newer.record.id);
		await deliver();
		expect(engine.provider.rows().get(url)).not.toHaveProperty("colPrice");
		await approve(older.record.id);
		await deliver();
		expect(engine.provider.rows().get(url)).toMatchObject({ colPrice: 7 });
	});

	test("OUT-3: what waits is taken back without a trace", async () => {
		const held = put();
		await write(held, testUndo(held.record.id));
		expect(await waiting()).toEqual([]);
		expect(await auditOf(held.record.id)).toEqual(["record.put", "record.undo"]);
	});

	test("TEN-3: somebody else's records are neither approved nor undone", async () => {
		const held = put();
		await write(held);
		const stranger = await createTestTenant(db.database);
		expect(await approveRecords(engine.deps, stranger, { ids: [held.record.id] })).toEqual({ approved: 0 });
		const whole = approveRecords(engine.deps, stranger, { targetId: target.targetId });
		await expect(whole).rejects.toMatchObject({ code: "targets/not-found" });
		expect(await engine.write(stranger, [testUndo(held.record.id)])).toMatchObject([{ status: "stored" }]);
		expect(await waiting()).toEqual([held.record.id]);
	});
});
