import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { startZapierSimulator, type ZapierSimulator } from "../connectors/zapier/simulator.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine } from "../sync/test-engine.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { listHooks } from "./read-hooks.ts";
import { sampleZapierEvents } from "./sample-events.ts";
import { createTestWorld, type TestWorld } from "./test-world.ts";
import { subscribeZap, unsubscribeZap } from "./zapier-hooks.ts";

setDefaultTimeout(60_000);

let db: TestDatabase;
let world: TestWorld;
let person: Principal;
let zapier: ZapierSimulator;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});
beforeEach(async () => {
	world = createTestWorld(db);
	person = await createTestTenant(db.database);
	zapier = await startZapierSimulator();
	world.allow(zapier.url);
});
afterEach(() => zapier.stop());

const deps = () => ({ ...world.deps, hooksUrl: zapier.url });
const subscribe = (targetUrl = `${zapier.url}/hooks/standard/1/abc/`) => subscribeZap(deps(), person, { targetUrl });

async function deliverRecord(): Promise<string> {
	const engine = createTestEngine(db);
	const target = await createTestTarget(db.database, person);
	const put = testPut({ targetId: target.targetId, price: 12.5 });
	await engine.write(person, [put]);
	await engine.deliver(person, target.lane);
	return put.record.id;
}

test("SYNC-7: a Zap that subscribed hears of records, flat, with the id of the event", async () => {
	const { id, event } = await subscribe();
	expect(event).toBe("record.delivered");
	const recordId = await deliverRecord();
	await world.deliver(person, id);
	const [payload] = zapier.payloads();
	expect(Object.values(payload ?? {}).filter((value) => typeof value === "object" && value !== null)).toEqual([]);
	expect(payload).toMatchObject({
		event,
		record_id: recordId,
		title: "A title",
		price: 12.5,
		row_url: expect.any(String),
	});
	expect(payload?.["id"]).toMatch(/^evt_[0-9a-f-]{36}$/);
});

test("SYNC-7: the sample has the shape of what comes, made up until there is something", async () => {
	const { id } = await subscribe();
	const [madeUp] = await sampleZapierEvents(world.deps, person, "record.delivered");
	for (let index = 0; index < 4; index += 1) await deliverRecord();
	const real = await sampleZapierEvents(world.deps, person, "record.delivered");
	await world.deliver(person, id);
	expect(real).toHaveLength(3);
	expect(new Set(real.map((event) => event["id"])).size).toBe(3);
	const ids = real.map((event) => String(event["id"]));
	expect(ids).toEqual(ids.toSorted((a, b) => b.localeCompare(a)));
	expect(zapier.payloads()).toContainEqual(real[0] ?? {});
	for (const name of Object.keys(madeUp ?? {})) expect(Object.keys(real[0] ?? {})).toContain(name);
	const [connection] = await sampleZapierEvents(world.deps, person, "connection.expiring");
	expect(connection).toMatchObject({ event: "connection.expiring", provider: "airtable" });
});

test("SYNC-7: a Zap that was turned off hears no more, and turning it off again is fine", async () => {
	const { id } = await subscribe();
	await unsubscribeZap(world.deps, person, id);
	await unsubscribeZap(world.deps, person, id);
	await deliverRecord();
	await world.deliver(person, id);
	expect(zapier.payloads()).toEqual([]);
	const stranger = await createTestTenant(db.database);
	const { id: kept } = await subscribe();
	await unsubscribeZap(world.deps, stranger, kept);
	expect(await listHooks(world.deps, person)).toMatchObject([{ id: kept, kind: "zapier" }]);
});

test.each([
	"http://hooks.zapier.com/hooks/standard/1/abc/",
	"https://zapier.com.example.org/hooks/standard/1/abc/",
	"https://notzapier.com/hooks/standard/1/abc/",
	"https://hooks.zapier.com:8443/hooks/standard/1/abc/",
	"https://me@hooks.zapier.com/hooks/standard/1/abc/",
	"https://127.0.0.1/hooks/standard/1/abc/",
	"nonsense",
])("SEC-2: %s is no address of Zapier's", async (targetUrl) => {
	await expect(subscribe(targetUrl)).rejects.toMatchObject({ code: "events/address-refused" });
	expect(await listHooks(world.deps, person)).toEqual([]);
});

test("SEC-2: any https address of Zapier's is, and is shown without what opens it", async () => {
	await subscribe("https://hooks.zapier.com/hooks/standard/1/abcdefg/");
	const shown = JSON.stringify(await listHooks(world.deps, person));
	expect(shown).toContain("hooks.zapier.com");
	expect(shown).not.toContain("abcdefg");
});
