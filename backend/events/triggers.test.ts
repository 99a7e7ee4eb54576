import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { Webhook } from "standardwebhooks";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { type TriggerMessage, takeTrigger } from "./take-trigger.ts";
import { createTestWorld, type TestWorld } from "./test-world.ts";
import { readTrigger, removeTrigger, renewTrigger } from "./triggers.ts";

setDefaultTimeout(60_000);

let db: TestDatabase;
let world: TestWorld;
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
	world = createTestWorld(db);
	engine = createTestEngine(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person, { frequency: "manual" });
});

type Trigger = { workspaceId: string; publicId: string; secret: string };

async function makeTrigger(): Promise<Trigger> {
	const publicUrl = "https://sheaf.example.test";
	const { url, secret } = await renewTrigger({ ...world.deps, publicUrl }, person, target.targetId);
	const [, workspaceId = "", publicId = ""] =
		/^https:\/\/sheaf\.example\.test\/triggers\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
	return { workspaceId, publicId, secret };
}

function signed(
	{ secret }: Pick<Trigger, "secret">,
	{ id = `msg_${crypto.randomUUID()}`, text = "{}", at = new Date() } = {},
) {
	const timestamp = String(Math.floor(at.getTime() / 1_000));
	return { id, timestamp, signature: new Webhook(secret).sign(id, at, text), text };
}

const take = (trigger: Omit<Trigger, "secret">, message: TriggerMessage) =>
	takeTrigger(
		{ ...world.deps, ring: engine.deps.ring, log: engine.deps.log, countUse: async () => undefined },
		trigger,
		message,
	);

const waiting = () =>
	engine.write(person, [testPut({ targetId: target.targetId }), testPut({ targetId: target.targetId })]);

const runs = async () =>
	await db.database.asTenant(
		person,
		async (sql) =>
			await sql<{ cause: string; queued: number; ownerId: string }[]>`select cause, queued, owner_id from sheaf.runs`,
	);

describe("SYNC-7: a target's trigger", () => {
	test("a signed message starts the run, which is noted as the trigger's", async () => {
		const trigger = await makeTrigger();
		await waiting();
		expect(await take(trigger, signed(trigger))).toEqual({ queued: 2 });
		expect([...(await runs())]).toEqual([{ cause: "trigger", queued: 2, ownerId: person.userId }]);
		expect(engine.rung).toEqual([{ workspaceId: person.workspaceId, lane: target.lane }]);
		await engine.deliver(person, target.lane);
		expect(engine.provider.rows().size).toBe(2);
	});

	test("a message counts once, also when it comes ten times at once", async () => {
		const trigger = await makeTrigger();
		const message = signed(trigger);
		const taken = await Promise.all(Array.from({ length: 10 }, () => take(trigger, message)));
		expect(taken.filter((one) => one !== null)).toHaveLength(1);
		expect(await take(trigger, message)).toBeNull();
		expect(await runs()).toHaveLength(1);
	});

	const wrong: Record<string, (trigger: Trigger) => TriggerMessage> = {
		"nothing at all": () => ({ id: null, timestamp: null, signature: null, text: "" }),
		"a foreign secret": () => signed({ secret: "whsec_bm90IGtub3duIHlldCwgc28gbm90aGluZyBob2xkcw==" }),
		"a changed body": (trigger) => ({ ...signed(trigger), text: '{"a":1}' }),
		"another id": (trigger) => ({ ...signed(trigger), id: "msg_other" }),
		"an id that is too long": (trigger) => signed(trigger, { id: "m".repeat(201) }),
		"a time 302 s ago": (trigger) => signed(trigger, { at: new Date(Date.now() - 302_000) }),
		"a time 302 s ahead": (trigger) => signed(trigger, { at: new Date(Date.now() + 302_000) }),
		"a time that is none": (trigger) => ({ ...signed(trigger), timestamp: "now" }),
	};
	test.each(Object.keys(wrong))("%s is refused and starts nothing", async (name) => {
		const trigger = await makeTrigger();
		const message = wrong[name]?.(trigger);
		if (message === undefined) throw new Error("no message");
		await expect(take(trigger, message)).rejects.toMatchObject({ code: "triggers/signature-invalid" });
		expect(await runs()).toHaveLength(0);
	});

	test("an address that is nowhere says so, however well the message is signed", async () => {
		const trigger = await makeTrigger();
		const stranger = await createTestTenant(db.database);
		const notFound = { code: "triggers/not-found" };
		await expect(take({ ...trigger, publicId: "nowhere" }, signed(trigger))).rejects.toMatchObject(notFound);
		const elsewhere = { ...trigger, workspaceId: stranger.workspaceId };
		await expect(take(elsewhere, signed(trigger))).rejects.toMatchObject(notFound);
	});

	test("made anew or removed, the old address is nowhere", async () => {
		const first = await makeTrigger();
		const second = await makeTrigger();
		await expect(take(first, signed(first))).rejects.toMatchObject({ code: "triggers/not-found" });
		expect(await take(second, signed(second))).toEqual({ queued: 0 });
		await removeTrigger(world.deps, person, target.targetId);
		await expect(take(second, signed(second))).rejects.toMatchObject({ code: "triggers/not-found" });
		await expect(removeTrigger(world.deps, person, target.targetId)).rejects.toMatchObject({
			code: "triggers/not-found",
		});
	});

	test("a paused target says so, and the same message starts the run once it goes on", async () => {
		const trigger = await makeTrigger();
		const message = signed(trigger);
		const status = (to: string) =>
			db.database.asTenant(person, async (sql) => await sql`update sheaf.targets set status = ${to}`);
		await status("paused");
		await expect(take(trigger, message)).rejects.toMatchObject({ code: "targets/paused" });
		await status("active");
		expect(await take(trigger, message)).toEqual({ queued: 0 });
	});

	test("its address and its last use can be read again, and its secret cannot", async () => {
		const deps = { ...world.deps, publicUrl: "https://sheaf.example.test" };
		const read = () => readTrigger(deps, person, target.targetId);
		expect(await read()).toEqual({ trigger: null });
		const { url, secret } = await renewTrigger(deps, person, target.targetId);
		expect(await read()).toEqual({ trigger: { url, lastUsedAt: null } });
		const [, workspaceId = "", publicId = ""] = /triggers\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
		await take({ workspaceId, publicId }, signed({ secret }));
		expect((await read()).trigger?.lastUsedAt).toEqual(expect.any(String));
	});

	test("TEN-3: nobody makes a trigger for another tenant's target, or reads its address", async () => {
		const stranger = await createTestTenant(db.database);
		const deps = { ...world.deps, publicUrl: "https://sheaf.example.test" };
		await expect(renewTrigger(deps, stranger, target.targetId)).rejects.toMatchObject({ code: "targets/not-found" });
		await expect(readTrigger(deps, stranger, target.targetId)).rejects.toMatchObject({ code: "targets/not-found" });
	});

	test("what was taken long ago is forgotten, and nothing else", async () => {
		const trigger = await makeTrigger();
		await take(trigger, signed(trigger, { id: "old" }));
		await db.database.asTenant(
			person,
			async (sql) => await sql`update sheaf.trigger_messages set received_at = now() - interval '16 minutes'`,
		);
		await take(trigger, signed(trigger, { id: "new" }));
		const kept = await db.database.asTenant(
			person,
			async (sql) => await sql<{ messageId: string }[]>`select message_id from sheaf.trigger_messages`,
		);
		expect(kept.map(({ messageId }) => messageId)).toEqual(["new"]);
	});
});
