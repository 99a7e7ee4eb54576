import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { BulkKind } from "../contract/bulk.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { installCheckpointListener } from "../telemetry/checkpoint.ts";
import { getBulk } from "./read-bulk.ts";
import { stopBulk } from "./stop-bulk.ts";
import { findRunning } from "./sweep-bulk.ts";
import { createTestBulk, fillTarget, type TestBulk } from "./test-bulk.ts";

setDefaultTimeout(120_000);

let db: TestDatabase;
let bulk: TestBulk;
let person: Principal;
let target: TestTarget;
let removeListener = () => {};

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	bulk = createTestBulk(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
});
afterEach(() => removeListener());

const filled = async (count: number, state: "needs_you" | "delivered") => {
	await fillTarget(db, person, { ...target, count });
	await bulk.setState(person, target.targetId, state);
};
const all = () => ({ filter: { targetId: target.targetId } });
const read = (id: string) => getBulk(bulk.deps, person, id);

const stateBefore: Readonly<Record<BulkKind, "needs_you" | "delivered">> = {
	retry: "needs_you",
	resync: "delivered",
	remap: "needs_you",
	move: "delivered",
	delete: "delivered",
};

describe.each(Object.entries(stateBefore) as [BulkKind, "needs_you" | "delivered"][])("%s", (kind, before) => {
	test(`SYNC-9: 10,000 records, each once, though every third chunk is killed in its middle`, async () => {
		await filled(10_000, before);
		const other = await createTestTarget(db.database, person, { connectionId: target.connectionId });
		const to = kind === "move" ? { toTargetId: other.targetId } : {};
		const { id } = await bulk.start(person, { kind, selection: all(), ...to });
		let reached = 0;
		let killed = 0;
		removeListener = installCheckpointListener((name) => {
			if (name !== "bulk/in-transaction") return;
			reached += 1;
			if (reached % 3 !== 0) return;
			killed += 1;
			throw new Error("killed");
		});
		let handed = 0;
		for (let last = await read(id); last.status === "running"; last = await read(id)) {
			await bulk.run(person, id).catch(() => undefined);
			const now = await read(id);
			// Done and handed over are one commit: neither runs ahead of the other.
			handed += kind === "delete" ? 0 : await bulk.playEngine(person);
			if (kind !== "delete") expect(handed).toBe(now.done);
		}
		expect(killed).toBeGreaterThan(5);
		expect(reached - killed).toBe(20);
		expect(await read(id)).toMatchObject({ status: "done", total: 10_000, done: 10_000, failed: 0 });
		const there = kind === "move" ? other.targetId : target.targetId;
		expect(await bulk.countByStatus(person, there)).toEqual(kind === "delete" ? {} : { delivered: 10_000 });
		if (kind === "move") expect(await bulk.countByStatus(person, target.targetId)).toEqual({});
	});
});

test("SYNC-9: stopped, the next chunk is not begun, and what was handed over is counted by what became of it", async () => {
	await filled(2_500, "needs_you");
	const { id } = await bulk.start(person, { kind: "retry", selection: all() });
	let chunks = 0;
	removeListener = installCheckpointListener(async (name) => {
		if (name === "bulk/after-commit" && ++chunks === 2) await stopBulk(bulk.deps, person, id);
	});
	await bulk.run(person, id);
	expect(await read(id)).toMatchObject({
		status: "stopped",
		done: 1_000,
		outcome: { delivered: 0, waiting: 1_000, needsYou: 0 },
	});
	await bulk.playEngine(person);
	expect(await read(id)).toMatchObject({ outcome: { delivered: 1_000, waiting: 0, needsYou: 0 } });
	await bulk.run(person, id);
	expect(await read(id)).toMatchObject({ status: "stopped", done: 1_000 });
	expect(await bulk.countByStatus(person, target.targetId)).toEqual({ delivered: 1_000, needs_you: 1_500 });
});

test("SYNC-9: it hands over no more than the engine keeps up with", async () => {
	await filled(5_000, "needs_you");
	const { id } = await bulk.start(person, { kind: "retry", selection: all() });
	await bulk.run(person, id);
	await bulk.run(person, id);
	expect(await read(id)).toMatchObject({ status: "running", done: 2_000 });
	await bulk.playEngine(person);
	await bulk.run(person, id);
	expect(await read(id)).toMatchObject({ status: "running", done: 4_000 });
});

test("SYNC-9: what is on its way when its turn comes waits for its result and is done last", async () => {
	await filled(20, "delivered");
	await db.database.asTenant(
		person,
		(sql) => sql`
			update sheaf.deliveries set state = 'delivering', lease_until = now() + interval '1 minute'
			where record_id in (select record_id from sheaf.deliveries order by record_id limit 5)`,
	);
	const { id } = await bulk.start(person, { kind: "resync", selection: all() });
	await bulk.run(person, id);
	expect(await read(id)).toMatchObject({ status: "running", done: 15 });
	await bulk.run(person, id);
	expect(await read(id)).toMatchObject({ status: "running", done: 15, total: 20 });
	await db.database.asTenant(
		person,
		(sql) => sql`update sheaf.deliveries set state = 'delivered', lease_until = null where state = 'delivering'`,
	);
	await bulk.run(person, id);
	expect(await read(id)).toMatchObject({ status: "done", done: 20, total: 20 });
});

test("SYNC-9: a lost ring and a restart are repaired: the sweep finds what runs, and nothing else", async () => {
	await filled(10, "needs_you");
	const { id } = await bulk.start(person, { kind: "retry", selection: all() });
	const ours = async () =>
		(await findRunning(db.database.asService)).filter(({ workspaceId }) => workspaceId === person.workspaceId);
	expect(await ours()).toEqual([{ workspaceId: person.workspaceId, lane: id }]);
	await bulk.run(person, id);
	expect(await ours()).toEqual([]);
});

test("SYNC-9: a record that was removed before its turn is named as a failure, and the others go on", async () => {
	await filled(3, "needs_you");
	const { id } = await bulk.start(person, { kind: "retry", selection: all() });
	await db.database.asTenant(
		person,
		(sql) => sql`delete from sheaf.records where id = (select min(id::text)::uuid from sheaf.records)`,
	);
	await bulk.run(person, id);
	const { status, done, failed, failures } = await read(id);
	expect({ status, done, failed }).toEqual({ status: "done", done: 2, failed: 1 });
	expect(failures).toMatchObject([{ title: "", problem: { code: "records/not-found" } }]);
});
