import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { getBulk } from "./read-bulk.ts";
import { createTestBulk, type TestBulk } from "./test-bulk.ts";

setDefaultTimeout(60_000);

let db: TestDatabase;
let bulk: TestBulk;
let person: Principal;
let target: TestTarget;
let other: TestTarget;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	bulk = createTestBulk(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
	other = await createTestTarget(db.database, person, { connectionId: target.connectionId, tableId: "table3" });
});

const deliver = () => bulk.deliver(person, target.lane);
const rows = (tableId?: string) => bulk.provider.rows(tableId).size;

async function delivered(count: number): Promise<string[]> {
	const puts = Array.from({ length: count }, () => testPut({ targetId: target.targetId }));
	await bulk.write(person, puts);
	await deliver();
	expect(rows()).toBe(count);
	return puts.map(({ record }) => record.id);
}

const left = async () => {
	const [counted] = await db.database.asTenant(
		person,
		(sql) => sql<{ records: number; deliveries: number }[]>`
			select (select count(*)::integer from sheaf.records) as records,
				(select count(*)::integer from sheaf.deliveries) as deliveries`,
	);
	return counted;
};

test("SYNC-9: deleting with the rows takes the rows first, and each record goes when its row is gone", async () => {
	const ids = await delivered(25);
	const { id } = await bulk.start(person, { kind: "delete", selection: { ids: ids.slice(5) }, remoteRows: true });
	await bulk.run(person, id);
	expect(await getBulk(bulk.deps, person, id)).toMatchObject({ status: "done", done: 20, outcome: { waiting: 20 } });
	expect(await left()).toEqual({ records: 25, deliveries: 25 });
	await deliver();
	expect(rows()).toBe(5);
	expect(await left()).toEqual({ records: 5, deliveries: 5 });
	expect(await getBulk(bulk.deps, person, id)).toMatchObject({ outcome: { delivered: 0, waiting: 0, needsYou: 0 } });
});

test("SYNC-9: deleting without the rows leaves them, and what comes late brings no record back (I4)", async () => {
	const put = testPut({ targetId: target.targetId });
	await bulk.write(person, [put]);
	await deliver();
	const { id } = await bulk.start(person, { kind: "delete", selection: { ids: [put.record.id] } });
	await bulk.run(person, id);
	expect(await left()).toEqual({ records: 0, deliveries: 0 });
	expect(rows()).toBe(1);
	expect(await bulk.write(person, [testPut({ recordId: put.record.id })])).toMatchObject([{ status: "duplicate" }]);
	expect(await left()).toEqual({ records: 0, deliveries: 0 });
});

test("SYNC-9: moved with their rows, records are in the other table and no longer in the first", async () => {
	const ids = await delivered(12);
	const { id } = await bulk.start(person, {
		kind: "move",
		selection: { filter: { targetId: target.targetId } },
		toTargetId: other.targetId,
		remoteRows: true,
	});
	await bulk.run(person, id);
	await deliver();
	expect([rows(), rows("table3")]).toEqual([0, 12]);
	expect(await left()).toEqual({ records: 12, deliveries: 12 });
	expect(await bulk.record(person, ids[0] ?? "")).toMatchObject({ status: "delivered", targetId: other.targetId });
	expect(await getBulk(bulk.deps, person, id)).toMatchObject({
		status: "done",
		outcome: { delivered: 12, waiting: 0 },
	});
});

test("SYNC-9: moved without their rows, the first table keeps what it has", async () => {
	const ids = await delivered(3);
	const { id } = await bulk.start(person, { kind: "move", selection: { ids }, toTargetId: other.targetId });
	await bulk.run(person, id);
	await deliver();
	expect([rows(), rows("table3")]).toEqual([3, 3]);
	expect(await left()).toEqual({ records: 3, deliveries: 3 });
});

test("SYNC-9, OUT-5: older captures of a row go with the one that stands for it", async () => {
	const url = "https://example.test/page";
	const puts = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"].map((capturedAt) =>
		testPut({ targetId: target.targetId, url, capturedAt }),
	);
	await bulk.write(person, puts);
	await deliver();
	const newest = puts[1]?.record.id ?? "";
	const moved = await bulk.start(person, { kind: "move", selection: { ids: [newest] }, toTargetId: other.targetId });
	expect(moved.total).toBe(2);
	await bulk.run(person, moved.id);
	await deliver();
	expect([rows("table3"), bulk.provider.created.get(url)]).toEqual([1, 2]);
	const gone = await bulk.start(person, { kind: "delete", selection: { ids: [newest] }, remoteRows: true });
	await bulk.run(person, gone.id);
	await deliver();
	expect(rows("table3")).toBe(0);
	expect(await left()).toEqual({ records: 0, deliveries: 0 });
});

test("SYNC-9: sent again, rows that somebody deleted there are there again, and none is doubled", async () => {
	await delivered(10);
	bulk.provider.rows().clear();
	const { id } = await bulk.start(person, { kind: "resync", selection: { filter: { targetId: target.targetId } } });
	await bulk.run(person, id);
	await deliver();
	expect(rows()).toBe(10);
	expect(await getBulk(bulk.deps, person, id)).toMatchObject({ outcome: { delivered: 10 } });
});

test("SYNC-9: the mapping applied anew gives every record its key, and two that are one row now become one", async () => {
	const puts = [1, 2].map((price) => testPut({ targetId: target.targetId, title: "Same", price }));
	await bulk.write(person, puts);
	await deliver();
	await db.database.asTenant(
		person,
		(sql) => sql`update sheaf.targets set match_key = '{colTitle}' where id = ${target.targetId}`,
	);
	const { id } = await bulk.start(person, { kind: "remap", selection: { filter: { targetId: target.targetId } } });
	await bulk.run(person, id);
	const keys = await db.database.asTenant(
		person,
		(sql) => sql<{ matchKey: string; superseded: boolean }[]>`
			select match_key, superseded_by is not null as superseded from sheaf.records order by superseded`,
	);
	expect([...keys]).toEqual([
		{ matchKey: '["Same"]', superseded: false },
		{ matchKey: '["Same"]', superseded: true },
	]);
	await deliver();
	expect(await getBulk(bulk.deps, person, id)).toMatchObject({ outcome: { delivered: 2, waiting: 0 } });
});
