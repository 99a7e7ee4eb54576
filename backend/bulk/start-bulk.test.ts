import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { previewBulk } from "./preview-bulk.ts";
import { getBulk, listBulk } from "./read-bulk.ts";
import { stopBulk } from "./stop-bulk.ts";
import { createTestBulk, fillTarget, type TestBulk } from "./test-bulk.ts";

let db: TestDatabase;
let bulk: TestBulk;
let person: Principal;
let target: TestTarget;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	bulk = createTestBulk(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
});

const all = (targetId = target.targetId) => ({ filter: { targetId } });
const preview = (body: Parameters<typeof previewBulk>[2]) => previewBulk(bulk.deps, person, body);
const put = (capturedAt: string, kind = "bookmark") => {
	const made = testPut({ targetId: target.targetId, capturedAt });
	return { ...made, record: { ...made.record, kind } };
};

test("SYNC-9: a filter counts what it will touch: by target, kind, status and when it was captured", async () => {
	await bulk.write(person, [
		put("2026-01-01T00:00:00.000Z"),
		put("2026-01-02T00:00:00.000Z"),
		put("2026-01-03T00:00:00.000Z", "article"),
		testPut({ targetId: null }),
	]);
	const count = async (filter: object) => (await preview({ kind: "delete", selection: { filter } })).total;
	expect(await count({})).toBe(4);
	expect(await count({ targetId: target.targetId })).toBe(3);
	expect(await count({ kind: "article" })).toBe(1);
	expect(await count({ status: "stored" })).toBe(4);
	expect(await count({ status: "needs_you" })).toBe(0);
	expect(await count({ capturedFrom: "2026-01-02T00:00:00.000Z", targetId: target.targetId })).toBe(2);
	expect(await count({ capturedTo: "2026-01-02T00:00:00.000Z" })).toBe(1);
	expect((await bulk.start(person, { kind: "delete", selection: { filter: { kind: "article" } } })).total).toBe(1);
});

test("SYNC-9: what arrives after the start is not in it", async () => {
	await fillTarget(db, person, { ...target, count: 600 });
	const { id, total } = await bulk.start(person, { kind: "delete", selection: all() });
	const late = testPut({ targetId: target.targetId });
	await bulk.write(person, [late]);
	await bulk.finish(person, id);
	expect(total).toBe(600);
	expect(await bulk.countByStatus(person, target.targetId)).toEqual({ pending: 1 });
});

test("SYNC-9: what a person agreed to is what happens: with another number by now, nothing is begun", async () => {
	await fillTarget(db, person, { ...target, count: 3 });
	const body = { kind: "delete" as const, selection: all(), expected: 3 };
	await bulk.write(person, [testPut({ targetId: target.targetId })]);
	await expect(bulk.start(person, body)).rejects.toMatchObject({
		code: "bulk/selection-changed",
		details: { total: 4 },
	});
	expect(await listBulk(bulk.deps, person)).toEqual([]);
	expect(await bulk.start(person, { ...body, expected: 4 })).toMatchObject({ total: 4, status: "running" });
});

test("SYNC-9: two at once on one target: the second is refused with a sentence, also when they race; elsewhere it may run", async () => {
	const other = await createTestTarget(db.database, person);
	await fillTarget(db, person, { ...target, count: 3 });
	await fillTarget(db, person, { ...other, count: 3 });
	const resync = () => bulk.start(person, { kind: "resync", selection: all() });
	const ends = await Promise.allSettled([resync(), resync(), resync()]);
	expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
	await expect(resync()).rejects.toMatchObject({ code: "bulk/running" });
	const move = { kind: "move" as const, selection: all(other.targetId), toTargetId: target.targetId };
	await expect(bulk.start(person, move)).rejects.toMatchObject({ code: "bulk/running" });
	await bulk.start(person, { kind: "resync", selection: all(other.targetId) });
	const running = (await listBulk(bulk.deps, person)).find(({ targetIds }) => targetIds.includes(target.targetId));
	await stopBulk(bulk.deps, person, running?.id ?? "");
	expect(await resync()).toMatchObject({ status: "running", total: 3 });
});

test("SYNC-9: what asks the person to choose is not tried again by “retry”, and what only an edit helps says so", async () => {
	await fillTarget(db, person, { ...target, count: 3 });
	await bulk.setState(person, target.targetId, "needs_you");
	const keyless = testPut({ targetId: target.targetId, url: " " });
	await bulk.write(person, [keyless]);
	await db.database.asTenant(
		person,
		(sql) => sql`
			update sheaf.deliveries set problem = '{"code": "delivery/conflict", "message": "?", "action": "choose"}'
			where record_id = (select record_id from sheaf.deliveries where record_id <> ${keyless.record.id} limit 1)`,
	);
	const { id } = await bulk.start(person, { kind: "retry", selection: all() });
	await bulk.run(person, id);
	const { failures, ...operation } = await getBulk(bulk.deps, person, id);
	expect(operation).toMatchObject({ total: 3, done: 2, failed: 1, outcome: { waiting: 2, needsYou: 1 } });
	expect(failures).toMatchObject([{ recordId: keyless.record.id, problem: { code: "delivery/match-key-empty" } }]);
});

test("SYNC-9: rows are not promised to go where none can be taken back", async () => {
	const { connector } = bulk.provider;
	const { remove: _remove, ...without } = connector;
	const deps = { ...bulk.deps, connectors: new Map([[connector.manifest.id, without]]) };
	await fillTarget(db, person, { ...target, count: 2 });
	await bulk.setState(person, target.targetId, "delivered");
	const body = { kind: "delete" as const, selection: all(), remoteRows: true };
	expect(await preview(body)).toEqual({ total: 2, withRows: 2, rowsStayAt: [] });
	expect(await previewBulk(deps, person, body)).toEqual({ total: 2, withRows: 2, rowsStayAt: ["Scripted"] });
});

test("SYNC-9: nothing to do, nowhere to go and what does not belong together are refused", async () => {
	const start = (body: Parameters<TestBulk["start"]>[1]) => bulk.start(person, body);
	await expect(start({ kind: "retry", selection: all() })).rejects.toMatchObject({ code: "bulk/nothing-matches" });
	await expect(start({ kind: "move", selection: all() })).rejects.toMatchObject({ code: "request/invalid" });
	const toTargetId = crypto.randomUUID();
	await expect(start({ kind: "move", selection: all(), toTargetId })).rejects.toMatchObject({
		code: "targets/not-found",
	});
	await expect(start({ kind: "retry", selection: all(), remoteRows: true })).rejects.toMatchObject({
		code: "request/invalid",
	});
});

test("SYNC-9, TEN-3: a viewer's role writes none, another tenant sees and touches none, and each has one audit line", async () => {
	await fillTarget(db, person, { ...target, count: 2 });
	const viewer = { ...person, role: "viewer" as const };
	await expect(bulk.start(viewer, { kind: "delete", selection: all() })).rejects.toThrow("row-level security");
	const { id } = await bulk.start(person, { kind: "delete", selection: all() });
	const stranger = await createTestTenant(db.database);
	await expect(getBulk(bulk.deps, stranger, id)).rejects.toMatchObject({ code: "bulk/not-found" });
	await expect(stopBulk(bulk.deps, stranger, id)).rejects.toMatchObject({ code: "bulk/not-found" });
	await expect(bulk.start(stranger, { kind: "delete", selection: all() })).rejects.toMatchObject({
		code: "bulk/nothing-matches",
	});
	await bulk.finish(person, id);
	const lines = await db.database.asTenant(
		person,
		(sql) => sql<{ action: string; ownerId: string }[]>`
			select action, owner_id from sheaf.audit_log where subject_type = 'bulk' and subject_id = ${id}`,
	);
	expect([...lines]).toEqual([{ action: "bulk.delete", ownerId: person.userId }]);
});

test("SYNC-9: the newest twenty are kept", async () => {
	await fillTarget(db, person, { ...target, count: 1 });
	for (let turn = 0; turn < 22; turn++) {
		const { id } = await bulk.start(person, { kind: "resync", selection: all() });
		await stopBulk(bulk.deps, person, id);
	}
	expect(await listBulk(bulk.deps, person)).toHaveLength(20);
});
