import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { listRecords } from "../records/list-records.ts";
import { retryRecord } from "../records/retry-record.ts";
import { testPut } from "../records/test-operations.ts";
import { containerId, openWatchScene, type WatchScene } from "./test-scene.ts";

setDefaultTimeout(60_000);

let db: TestDatabase;
let scene: WatchScene;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	scene = await openWatchScene(db);
});
afterEach(() => scene.stop());

const look = async () => {
	await scene.passTime();
	await scene.round();
};
const requests = () => scene.airtable.control.counters().requests;

test("SYNC-6: a row that somebody edits there is noticed by looking, and shown on its record with the time", async () => {
	const { recordId, rowId } = await scene.deliver();
	await look();
	expect((await scene.record(recordId)).remote).toBeNull();
	scene.edit(rowId, { Name: "Theirs" });
	const before = Date.now();
	await look();
	const { remote, status } = await scene.record(recordId);
	expect({ state: remote?.state, status }).toEqual({ state: "changed", status: "delivered" });
	expect(Date.parse(remote?.at ?? "")).toBeGreaterThanOrEqual(before - 5_000);
	await look();
	expect((await scene.record(recordId)).remote).toEqual(remote);
});

test("SYNC-6: our own writes are never called somebody's, also in cells that come back in another form", async () => {
	const { recordId } = await scene.deliver({ price: 12.345 });
	await look();
	await scene.engine.write(scene.person, [
		testPut({
			recordId,
			targetId: scene.target.id,
			version: 2,
			title: "Ours, again",
			url: `https://example.test/${recordId}`,
		}),
	]);
	await scene.send();
	await look();
	expect(await scene.record(recordId)).toMatchObject({ remote: null, deliveredVersion: 2 });
	expect(scene.rows()).toHaveLength(1);
});

test("SYNC-6: what somebody writes into columns that are not ours is theirs, and no change of the record", async () => {
	const { recordId, rowId } = await scene.deliver();
	scene.edit(rowId, { Note: "my own note" });
	await look();
	expect((await scene.record(recordId)).remote).toBeNull();
});

test("SYNC-6: a cell that came back in another form is compared with what it came back as", async () => {
	const { recordId, rowId } = await scene.deliver({ price: 5 });
	await look();
	scene.edit(rowId, { Price: 6 });
	await look();
	expect((await scene.record(recordId)).remote?.state).toBe("changed");
	scene.edit(rowId, { Price: 5 });
	await look();
	expect((await scene.record(recordId)).remote).toBeNull();
});

test("SYNC-6: a deleted row is noticed, and sending the record again makes it anew", async () => {
	const { recordId, rowId } = await scene.deliver();
	await expect(retryRecord(scene.deps, scene.person, recordId)).rejects.toMatchObject({
		code: "records/not-retryable",
	});
	scene.remove(rowId);
	await look();
	expect((await scene.record(recordId)).remote?.state).toBe("gone");
	expect(await retryRecord(scene.deps, scene.person, recordId)).toMatchObject({ status: "stored", remote: null });
	await scene.send();
	expect(await scene.record(recordId)).toMatchObject({ status: "delivered", remote: null });
	const [anew, ...more] = scene.rows();
	expect(more).toEqual([]);
	expect(anew?.id).not.toBe(rowId);
	await look();
	expect((await scene.record(recordId)).remote).toBeNull();
});

test("SYNC-6: with a policy that looks first, a deleted row is made anew too", async () => {
	const asking = await openWatchScene(db, { policy: "ask" });
	const { recordId, rowId } = await asking.deliver();
	asking.remove(rowId);
	await asking.passTime();
	await asking.round();
	await retryRecord(asking.deps, asking.person, recordId);
	await asking.send();
	expect(await asking.record(recordId)).toMatchObject({ status: "delivered", remote: null });
	expect(asking.rows()).toHaveLength(1);
	await asking.stop();
});

test("SYNC-6: another workspace sees nothing of it", async () => {
	const { recordId, rowId } = await scene.deliver();
	scene.remove(rowId);
	await look();
	const stranger = await createTestTenant(db.database);
	expect((await listRecords(scene.deps, stranger, {})).records).toEqual([]);
	await expect(retryRecord(scene.deps, stranger, recordId)).rejects.toMatchObject({ code: "records/not-found" });
});

test("SYNC-6: a hundred rows are one request, and none is looked at again before its time", async () => {
	await scene.engine.write(
		scene.person,
		Array.from({ length: 60 }, () => testPut({ targetId: scene.target.id })),
	);
	await scene.send();
	scene.airtable.control.reset();
	await look();
	const after = requests();
	expect(after).toBeLessThanOrEqual(2);
	await scene.round();
	expect(requests()).toBe(after);
});

test("SYNC-6: a look waits for all deliveries, and for a provider that is asked by somebody else", async () => {
	const { recordId, rowId } = await scene.deliver();
	scene.remove(rowId);
	await scene.passTime();
	await scene.engine.write(scene.person, [testPut({ targetId: scene.target.id })]);
	await scene.round();
	expect((await scene.record(recordId)).remote).toBeNull();
	await scene.send();
	await scene.passTime();
	await db.database.asService("a test takes the next turns", async (sql) => {
		await sql`update sheaf.provider_budgets set next_free_at = now() + interval '5 seconds'`;
	});
	scene.airtable.control.reset();
	await scene.round();
	expect([requests(), (await scene.record(recordId)).remote]).toEqual([0, null]);
	await look();
	expect((await scene.record(recordId)).remote?.state).toBe("gone");
});

test("SYNC-6: a look that fails says nothing: neither the record, the target nor the account is blamed", async () => {
	const { recordId } = await scene.deliver();
	scene.airtable.control.setPermission(containerId, "none");
	await look();
	expect((await scene.record(recordId)).remote).toBeNull();
	scene.airtable.control.setPermission(containerId, "create");
	scene.airtable.control.plan({ method: "GET", effect: { kind: "html_502" } });
	await look();
	const connections = await db.database.asTenant(scene.person, (sql) => sql`select status from sheaf.connections`);
	expect([(await scene.record(recordId)).remote, connections[0]?.status]).toEqual([null, "healthy"]);
});

test("SYNC-6: what was read before a delivery and comes after it changes nothing", async () => {
	const { recordId, rowId } = await scene.deliver();
	scene.remove(rowId);
	await scene.passTime();
	const fault = scene.airtable.control.plan({ method: "GET", effect: { kind: "hold", afterCommit: true } });
	const looking = scene.round();
	await fault.struck;
	await scene.engine.write(scene.person, [
		testPut({ recordId, targetId: scene.target.id, version: 2, url: `https://example.test/${recordId}` }),
	]);
	await scene.send();
	fault.release();
	await looking;
	expect(await scene.record(recordId)).toMatchObject({ status: "delivered", deliveredVersion: 2, remote: null });
	expect(scene.rows()).toHaveLength(1);
});
