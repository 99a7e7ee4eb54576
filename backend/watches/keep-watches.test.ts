import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import postgres from "postgres";
import { deleteConnection } from "../connections/delete-connection.ts";
import { createTestReceiver, type TestReceiver } from "../connectors/conformance-receiver.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { deletePerson } from "../departure/delete/delete-person.ts";
import { createIdentity } from "../identity/identity.ts";
import { deleteTarget } from "../targets/remove-targets.ts";
import { containerId, openWatchScene, type WatchScene } from "./test-scene.ts";

setDefaultTimeout(60_000);

let db: TestDatabase;
let receiver: TestReceiver;
let scene: WatchScene;
beforeAll(async () => {
	[db, receiver] = [await createTestDatabase(), await createTestReceiver()];
});
afterAll(async () => {
	await Promise.all([db.close(), receiver.stop()]);
});
beforeEach(async () => {
	scene = await openWatchScene(db, { noticesUrl: `${receiver.url}/api/v1/provider-hooks` });
	await scene.round();
});
afterEach(() => scene.stop());

const hooks = () => scene.airtable.control.webhooks;
const ids = () =>
	hooks()
		.all()
		.map(({ id }) => id);
const stored = () =>
	db.database.asTenant(scene.person, async (sql) => [
		...(await sql<{ state: string; remoteId: string | null; secretJwe: string | null }[]>`
				select state, remote_id, secret_jwe from sheaf.watches`),
	]);
const afterTime = async () => {
	await scene.passTime();
	await scene.round();
};

test("SYNC-6: one watch is opened for a base, under an address of its own, and no second one", async () => {
	await afterTime();
	expect(hooks().all()).toHaveLength(1);
	expect(hooks().all()[0]?.notificationUrl).toStartWith(
		`${receiver.url}/api/v1/provider-hooks/${scene.person.workspaceId}.`,
	);
	expect(await stored()).toMatchObject([{ state: "open", remoteId: ids()[0] ?? "" }]);
});

test("SYNC-6: the secret is under the vault, and nowhere in the database in the clear", async () => {
	const secret = hooks().all()[0]?.macSecretBase64 ?? "";
	const admin = postgres(db.url, { max: 1 });
	const tables = await admin<{ name: string }[]>`
		select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('sheaf', 'bullmq')`;
	const dump: { row: string }[] = [];
	for (const { name } of tables)
		dump.push(...(await admin.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`)));
	await admin.end();
	expect(dump.length).toBeGreaterThan(5);
	const found = [secret, Buffer.from(secret, "base64").toString("hex")].filter((form) =>
		dump.some(({ row }) => row.includes(form)),
	);
	expect(found).toEqual([]);
	expect(await scene.deps.vault.open((await stored())[0]?.secretJwe ?? "")).toEqual({ secret });
});

test("SYNC-6: what nobody was told about is fetched by its cursor when the watch is tended", async () => {
	const { recordId, rowId } = await scene.deliver();
	hooks().pings = false;
	scene.edit(rowId, { Name: "Theirs" });
	await scene.round();
	expect((await scene.record(recordId)).remote).toBeNull();
	await db.database.asTenant(
		{ ...scene.person, role: "worker" },
		(sql) => sql`update sheaf.watches set next_at = now()`,
	);
	await scene.round();
	expect((await scene.record(recordId)).remote?.state).toBe("changed");
});

test("SYNC-6: it is renewed days ahead of its end, and pings that Airtable gave up on come again", async () => {
	const [hook] = hooks().all();
	if (hook === undefined) throw new Error("No webhook was opened.");
	hook.notifies = false;
	hook.expiresAt -= 3 * 24 * 3_600_000;
	const before = hook.expiresAt;
	await afterTime();
	expect([ids(), hook.notifies]).toEqual([[hook.id], true]);
	expect(hook.expiresAt).toBeGreaterThan(before);
});

test("SYNC-6: one that ran out or was deleted there is opened anew, with another secret", async () => {
	const [before] = await stored();
	for (const hook of hooks().all()) hook.expiresAt = Date.now() - 1;
	await afterTime();
	await scene.round();
	const [after] = await stored();
	expect(after).toMatchObject({ state: "open" });
	expect(after?.remoteId).not.toBe(before?.remoteId);
	expect(after?.secretJwe).not.toBe(before?.secretJwe);
});

test("SYNC-6: without the scope there is no watch, the account stays healthy, and rows are looked at instead", async () => {
	const weak = await openWatchScene(db);
	const { recordId, rowId } = await weak.deliver();
	weak.airtable.control.addToken({
		token: "patWatchTests0000.secret",
		scopes: ["data.records:read", "data.records:write"],
	});
	weak.deps.noticesUrl = `${receiver.url}/api/v1/provider-hooks`;
	await weak.round();
	weak.remove(rowId);
	await weak.passTime();
	await weak.round();
	expect(weak.airtable.control.webhooks.all()).toEqual([]);
	expect((await weak.record(recordId)).remote?.state).toBe("gone");
	const connections = await db.database.asTenant(weak.person, (sql) => sql`select status from sheaf.connections`);
	expect(connections[0]?.status).toBe("healthy");
	await weak.stop();
});

test("SYNC-6: disconnecting the account closes its watches at Airtable, with or without its targets", async () => {
	await deleteConnection(scene.deps, scene.person, { id: scene.target.connectionId, force: false });
	expect([ids(), await stored()]).toEqual([[], []]);
	await scene.round();
	expect(ids()).toEqual([]);
});

test("SYNC-6: a provider that is away keeps nobody from disconnecting", async () => {
	scene.airtable.control.plan({ method: "DELETE", effect: { kind: "drop_before" } });
	await deleteConnection(scene.deps, scene.person, { id: scene.target.connectionId, force: true });
	expect(await stored()).toEqual([]);
});

test("SYNC-6: the last target of a base takes its watch along", async () => {
	await deleteTarget(scene.deps, scene.person, scene.target.id);
	await scene.round();
	expect([ids(), await stored()]).toEqual([[], []]);
});

test("SYNC-6: where providers cannot reach us any more, what was opened is closed", async () => {
	scene.deps.noticesUrl = null;
	await scene.round();
	expect([ids(), await stored()]).toEqual([[], []]);
});

test("SEC-4: deleting the person closes their watches, and stops nothing else", async () => {
	const settings = { issuer: "http://localhost:8787", extensionIds: [], firefoxIds: [], now: Date.now };
	const { vault, connectors, http } = scene.deps;
	const identity = createIdentity({ asIdentity: db.database.asIdentity, vault, ...settings });
	const log = { warn: () => undefined, error: () => undefined };
	const deletion = { identity, database: db.database, connectors, http, upstreams: new Map(), log };
	await deletePerson(deletion, scene.person, `${scene.person.userId}@example.test`);
	expect(ids()).toEqual([]);
});

test("SYNC-6: an opening that was cut off before it was stored leaves no second webhook", async () => {
	await db.database.asTenant(
		{ ...scene.person, role: "worker" },
		(sql) => sql`update sheaf.watches set state = 'waiting', remote_id = null, secret_jwe = null`,
	);
	await afterTime();
	expect(ids()).toHaveLength(1);
	expect((await stored())[0]?.remoteId).toBe(ids()[0] ?? "");
});

test("SYNC-6: a base that takes no more webhooks is asked again tomorrow, not every few seconds", async () => {
	const full = await openWatchScene(db);
	for (let made = 0; made < 10; made += 1) {
		full.airtable.control.webhooks.add({
			baseId: containerId,
			userId: "usrOther",
			notificationUrl: null,
			filters: { dataTypes: ["tableData"] },
		});
	}
	full.deps.noticesUrl = `${receiver.url}/api/v1/provider-hooks`;
	await full.round();
	full.airtable.control.reset();
	await full.round();
	expect(full.airtable.control.counters().requests).toBe(0);
	await full.stop();
});
