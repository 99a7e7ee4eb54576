import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { startWebhookSimulator, type WebhookSimulator } from "../connectors/webhook/simulator.ts";
import type { EventType } from "../contract/events.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { createHook, deleteHook, updateHook } from "./change-hooks.ts";
import { eventId } from "./event-messages.ts";
import { getHook, listHooks } from "./read-hooks.ts";
import { findDueHooks } from "./sweep-events.ts";
import { createTestWorld, type TestWorld } from "./test-world.ts";
import { tryHook } from "./try-hook.ts";

setDefaultTimeout(60_000);

let db: TestDatabase;
let world: TestWorld;
let engine: TestEngine;
let person: Principal;
let target: TestTarget;
let receiver: WebhookSimulator;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});
beforeEach(async () => {
	world = createTestWorld(db);
	engine = createTestEngine(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
});
afterEach(() => receiver.stop());

const recordEvents: EventType[] = ["record.delivered", "record.needs_you"];
const both: EventType[] = [...recordEvents, "connection.needs_attention", "connection.recovered"];

/** A hook to a receiver of its own, which knows its secret. */
async function makeHook(events: EventType[] = both, targetId?: string): Promise<string> {
	receiver = await startWebhookSimulator("whsec_bm90IGtub3duIHlldCwgc28gbm90aGluZyBob2xkcw==");
	world.allow(receiver.url);
	const url = `${receiver.url}/events?key=hidden`;
	const hook = await createHook(world.deps, person, { url, events, ...(targetId === undefined ? {} : { targetId }) });
	receiver.changeSecret(hook.secret);
	return hook.id;
}

async function deliverRecord(put = testPut({ targetId: target.targetId })) {
	await engine.write(person, [put]);
	await engine.deliver(person, target.lane);
	return put.record.id;
}

const dueHere = async () => (await findDueHooks(db.database.asService)).filter(isHere).map(({ hookId }) => hookId);
const isHere = ({ workspaceId }: { workspaceId: string }) => workspaceId === person.workspaceId;

describe("SYNC-7: what happens is told", () => {
	test("a record that arrived, with what was captured, signed", async () => {
		const hook = await makeHook();
		const recordId = await deliverRecord();
		expect(await dueHere()).toEqual([hook]);
		await world.deliver(person, hook);
		expect(receiver.arrived).toMatchObject([
			{
				type: "record.delivered",
				data: {
					recordId,
					version: 1,
					targetId: target.targetId,
					record: { kind: "bookmark", fields: { title: "A title" } },
				},
			},
		]);
		expect(await getHook(world.deps, person, hook)).toMatchObject({ waiting: 0, lastDeliveredAt: expect.any(String) });
		expect(await dueHere()).toEqual([]);
	});

	test("a record that needs the person, with the reason", async () => {
		const hook = await makeHook();
		engine.provider.onPush = async () => ({ kind: "split", reason: "delivery/value-refused", message: "Too long." });
		await deliverRecord();
		await world.deliver(person, hook);
		expect(receiver.arrived).toMatchObject([
			{ type: "record.needs_you", data: { problem: { code: "delivery/value-refused", message: "Too long." } } },
		]);
	});

	test("a record whose match key is empty, which nothing was tried with", async () => {
		const hook = await makeHook();
		const keyless = testPut({ targetId: target.targetId, url: " " });
		await engine.write(person, [keyless]);
		await world.deliver(person, hook);
		expect(receiver.arrived).toMatchObject([
			{
				type: "record.needs_you",
				data: { recordId: keyless.record.id, problem: { code: "delivery/match-key-empty" } },
			},
		]);
	});

	test("a connection whose account is lost", async () => {
		const hook = await makeHook();
		engine.provider.onPush = async () => ({
			kind: "reconnect",
			reason: "delivery/credential-refused",
			message: "Reconnect the account.",
		});
		await deliverRecord();
		await world.deliver(person, hook);
		expect(receiver.arrived).toMatchObject([
			{
				type: "connection.needs_attention",
				data: { connectionId: target.connectionId, provider: "scripted", status: "revoked" },
			},
		]);
	});

	test("a connection that will expire, once; and one that works again", async () => {
		const hook = await makeHook(["connection.expiring", "connection.recovered"]);
		const change = (set: Record<string, unknown>) =>
			db.database.asTenant(person, async (sql) => await sql`update sheaf.connections set ${sql(set)}`);
		await change({ expiresAt: new Date(Date.now() + 86_400_000) });
		for (let twice = 0; twice < 2; twice += 1) await deliverRecord();
		expect(await world.deliveries(person, hook)).toMatchObject([{ type: "connection.expiring" }]);
		await change({ status: "failing", expiresAt: null });
		await deliverRecord();
		expect((await world.deliveries(person, hook)).map(({ type }) => type)).toEqual([
			"connection.expiring",
			"connection.recovered",
		]);
	});

	test("a hook hears of what it asked for, and of its target alone", async () => {
		const hook = await makeHook(["record.needs_you"]);
		await deliverRecord();
		expect(await world.deliveries(person, hook)).toEqual([]);
		await updateHook(world.deps, person, { id: hook, patch: { events: ["record.delivered"] } });
		await deliverRecord();
		expect(await world.deliveries(person, hook)).toHaveLength(1);
		await deleteHook(world.deps, person, hook);
		await receiver.stop();
		const other = await createTestTarget(db.database, person);
		const narrow = await makeHook(recordEvents, other.targetId);
		await deliverRecord();
		expect(await world.deliveries(person, narrow)).toEqual([]);
	});

	test("where nobody asks, nothing is written; another tenant's hook hears nothing", async () => {
		const hook = await makeHook();
		const stranger = await createTestTenant(db.database);
		const theirs = await createTestTarget(db.database, stranger);
		await engine.write(stranger, [testPut({ targetId: theirs.targetId })]);
		await engine.deliver(stranger, theirs.lane);
		const written = await db.database.asTenant(stranger, async (sql) => await sql`select from sheaf.events`);
		expect(written).toHaveLength(0);
		expect(await world.deliveries(person, hook)).toEqual([]);
	});

	test("SYNC-3: what is told hangs on the transaction that made it happen", async () => {
		const hook = await makeHook();
		await engine.write(person, [testPut({ targetId: target.targetId })]);
		engine.provider.afterPush = async () => ({
			kind: "later",
			afterMs: 0,
			reason: "delivery/provider-unreachable",
			message: "Away.",
			countsAgainstBudget: false,
		});
		await engine.deliver(person, target.lane);
		expect(await world.deliveries(person, hook)).toEqual([]);
	});
});

describe("SYNC-7: at least once, and no hook in another's way", () => {
	test("I3: a worker killed between sending and settling sends it again, with the same id", async () => {
		const hook = await makeHook();
		await deliverRecord();
		const { asTenant } = world.deps.database;
		let calls = 0;
		const cut = { ...world.deps.database, asTenant: killedAtSettle };
		async function killedAtSettle<Result>(...work: Parameters<typeof asTenant<Result>>): Promise<Result> {
			calls += 1;
			if (calls > 1) throw new Error("killed");
			return await asTenant(...work);
		}
		const killed = createTestWorld(db);
		killed.deps = { ...world.deps, database: cut };
		await expect(killed.deliver(person, hook)).rejects.toThrow("killed");
		expect(await world.deliveries(person, hook)).toMatchObject([{ state: "pending", attempts: 1 }]);
		// Claimed still: nobody else sends it meanwhile.
		await world.deliver(person, hook);
		expect(receiver.arrived).toHaveLength(1);
		await world.makeDue(person);
		await world.deliver(person, hook);
		const [delivery] = await world.deliveries(person, hook);
		expect(receiver.arrived.map(({ id }) => id)).toEqual(Array(2).fill(eventId({ id: delivery?.eventId ?? "" })));
		expect(delivery).toMatchObject({ state: "delivered", attempts: 2, answer: "204" });
		expect(receiver.kept()).toHaveLength(1);
	});

	test("an event that is not taken rests, and is given up after three days with the hook paused", async () => {
		const hook = await makeHook();
		await deliverRecord();
		receiver.answerWith(500);
		for (let attempt = 1; attempt <= 10; attempt += 1) {
			await world.deliver(person, hook);
			expect(await world.deliveries(person, hook)).toMatchObject([
				{ state: "pending", attempts: attempt, answer: "500" },
			]);
			expect(await dueHere()).toEqual([]);
			await world.makeDue(person);
		}
		await world.deliver(person, hook);
		expect(await world.deliveries(person, hook)).toMatchObject([{ state: "given_up" }]);
		expect(await getHook(world.deps, person, hook)).toMatchObject({
			status: "paused",
			problem: { code: "events/hook-failing" },
		});
	});

	test("410 pauses at once; what waits goes out when the hook goes on", async () => {
		const hook = await makeHook();
		await deliverRecord();
		receiver.answerWith(410);
		await world.deliver(person, hook);
		expect(await getHook(world.deps, person, hook)).toMatchObject({
			status: "paused",
			waiting: 1,
			problem: { code: "events/hook-gone" },
		});
		await deliverRecord();
		expect(await world.deliveries(person, hook)).toHaveLength(1);
		receiver.answerWith(204);
		await updateHook(world.deps, person, { id: hook, patch: { status: "active" } });
		await world.deliver(person, hook);
		expect(receiver.arrived).toHaveLength(1);
	});

	test("I5: a receiver that fails one event takes the others; one that is away rests with all of them", async () => {
		const hook = await makeHook();
		for (let index = 0; index < 3; index += 1) await deliverRecord();
		const [poison] = await world.deliveries(person, hook);
		receiver.validate = ({ id }) => (id === eventId({ id: poison?.eventId ?? "" }) ? 500 : null);
		await world.deliver(person, hook);
		expect((await world.deliveries(person, hook)).map(({ state }) => state).toSorted()).toEqual([
			"delivered",
			"delivered",
			"pending",
		]);
		await world.makeDue(person);
		world.instead = () => ({ kind: "unanswered", reason: "timeout" });
		await deliverRecord();
		await world.deliver(person, hook);
		expect((await world.deliveries(person, hook)).map(({ answer }) => answer)).toContain("timeout");
		expect(await dueHere()).toEqual([]);
	});

	test("I5: many events go out in batches, each once", async () => {
		const hook = await makeHook();
		const puts = Array.from({ length: 35 }, () => testPut({ targetId: target.targetId }));
		await engine.write(person, puts);
		await engine.deliver(person, target.lane);
		await Promise.all([world.deliver(person, hook), world.deliver(person, hook)]);
		expect(receiver.arrived).toHaveLength(35);
		expect(receiver.kept()).toHaveLength(35);
	});
});

describe("hooks", () => {
	test("SEC-2: an address that is private, unreadable or silent is refused in words", async () => {
		receiver = await startWebhookSimulator("whsec_bm90IGtub3duIHlldCwgc28gbm90aGluZyBob2xkcw==");
		for (const url of ["https://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "http://example.org/", "nonsense"]) {
			await expect(createHook(world.deps, person, { url, events: both })).rejects.toMatchObject({
				code: "events/address-refused",
			});
		}
		expect(await listHooks(world.deps, person)).toEqual([]);
	});

	test("ACC-2: neither the secret nor what may be a key is shown or stored in clear", async () => {
		const id = await makeHook();
		const [row] = await db.database.asTenant(
			person,
			async (sql) => await sql<{ row: string }[]>`select to_jsonb(h)::text as row from sheaf.event_hooks h`,
		);
		const shown = JSON.stringify(await getHook(world.deps, person, id)) + row?.row;
		expect(shown).not.toContain("hidden");
		expect(shown).not.toContain("whsec_");
		expect(shown).toContain("/events");
	});

	test("SYNC-7: a test event says whether it was taken", async () => {
		const id = await makeHook();
		expect(await tryHook(world.deps, person, id)).toEqual({ delivered: true, message: null });
		receiver.answerWith(400);
		expect(await tryHook(world.deps, person, id)).toMatchObject({ delivered: false });
		expect(await world.deliveries(person, id)).toEqual([]);
	});

	test("TEN-3: another person's hook is not there", async () => {
		const id = await makeHook();
		const stranger = await createTestTenant(db.database);
		const notFound = { code: "events/hook-not-found" };
		await expect(getHook(world.deps, stranger, id)).rejects.toMatchObject(notFound);
		await expect(updateHook(world.deps, stranger, { id, patch: { status: "paused" } })).rejects.toMatchObject(notFound);
		await expect(deleteHook(world.deps, stranger, id)).rejects.toMatchObject(notFound);
		await expect(tryHook(world.deps, stranger, id)).rejects.toMatchObject(notFound);
		const events: EventType[] = ["record.delivered"];
		await expect(
			createHook(world.deps, stranger, { url: receiver.url, events, targetId: target.targetId }),
		).rejects.toMatchObject({ code: "targets/not-found" });
		expect(await getHook(world.deps, person, id)).toMatchObject({ status: "active" });
	});
});
