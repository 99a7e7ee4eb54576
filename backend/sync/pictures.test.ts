import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { announceBlob } from "../blobs/announce-blob.ts";
import type { BlobDeps } from "../blobs/blob-deps.ts";
import { pictureAddress } from "../blobs/picture-address.ts";
import { createMemoryStore } from "../blobs/store/test-memory-store.ts";
import { bringBlob, hashOf, testBlobDeps, testPicture } from "../blobs/test-blobs.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import type { FaultEffect } from "../connectors/airtable/simulator/faults.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { createRegistry } from "../connectors/registry.ts";
import { testProviders } from "../connectors/test-providers.ts";
import type { ConflictPolicy, TargetView } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTarget } from "../targets/create-target.ts";
import { installCheckpointListener } from "../telemetry/checkpoint.ts";
import { createVault } from "../vault/vault.ts";
import { createTestEngine, type TestEngine } from "./test-engine.ts";

// Real waits for real limits, on a machine that may have other things to do.
setDefaultTimeout(60_000);

const token = "patPictureTests00.secret";
const containerId = "appPictureTests00";

let db: TestDatabase;
let airtable: AirtableSimulator;
let engine: TestEngine;
let blobs: BlobDeps;
let deps: ConnectionDeps;
let person: Principal;
let connectionId: string;
let target: TargetView;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());

beforeEach(async () => {
	const fields = [
		{ name: "Name", type: "singleLineText" as const },
		{ name: "URL", type: "url" as const },
		{ name: "Picture", type: "multipleAttachments" as const },
	];
	airtable = await startAirtableSimulator({
		tokens: [{ token }],
		bases: [{ id: containerId, name: "Reading", tables: [{ name: "Pages", fields }] }],
	});
	engine = createTestEngine(db);
	const blobStore = createMemoryStore();
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	Object.assign(engine.deps, {
		vault,
		blobStore,
		connectors: createRegistry({ ...testProviders({ airtable: airtable.url }), practice: null }),
		http: createGuardedHttp({ allowedOrigins: [airtable.url], timeoutMs: 2_000 }),
	});
	blobs = testBlobDeps({ ...engine.deps, blobStore }, "Ada’s laptop");
	deps = { ...engine.deps, vault };
	person = { ...(await createTestTenant(db.database)), deviceId: crypto.randomUUID() };
	connectionId = (await createConnection(deps, person, { provider: "airtable", credential: { token } })).id;
	target = await makeTarget("overwrite");
	await engine.makeDue(person);
	airtable.control.reset();
});
afterEach(() => airtable.stop());

const makeTarget = (conflictPolicy: ConflictPolicy, picture = "Picture") =>
	createTarget(deps, person, {
		name: "Pages",
		connectionId,
		tableId: airtable.control.table(containerId, "Pages").id,
		mapping: [
			{ from: "url", to: "URL" },
			{ from: "picture", to: picture },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy,
	});
const deliver = () => engine.deliver(person, `${connectionId}/${containerId}`);
const row = () => airtable.control.rows(containerId, "Pages")[0]?.cells ?? {};
const files = () => (row()["Picture"] ?? []) as { filename: string; size: number }[];

/** A record with a picture of these bytes. @returns its id */
async function capture(bytes: Uint8Array, targetId = target.id): Promise<string> {
	const put = testPut({ targetId, url: "https://example.test/" });
	put.record.fields = { ...put.record.fields, picture: { type: "image", value: pictureAddress(hashOf(bytes)) } };
	await engine.write(person, [put]);
	return put.record.id;
}

test("CON-3: a picture that is at the server goes into the column with its record", async () => {
	const bytes = testPicture();
	await bringBlob(blobs, person, { bytes });
	const id = await capture(bytes);
	await deliver();
	expect(await engine.record(person, id)).toMatchObject({ status: "delivered" });
	expect(files()).toMatchObject([{ filename: `sheaf-${hashOf(bytes).slice(0, 16)}.png`, size: bytes.byteLength }]);
});

test("CON-3: a record whose picture is not there yet waits, and goes out when it is", async () => {
	const bytes = testPicture();
	const id = await capture(bytes);
	await deliver();
	expect(await engine.record(person, id)).toMatchObject({
		status: "stored",
		problem: { code: "delivery/picture-waiting" },
	});
	expect(airtable.control.rows(containerId, "Pages")).toEqual([]);
	const [account] = await db.database.asTenant(person, (sql) => sql`select problem from sheaf.connections`);
	expect(account, "it is no fault of the account").toEqual({ problem: null });
	engine.rung.length = 0;
	await bringBlob(blobs, person, { bytes });
	expect(engine.rung).toEqual([{ workspaceId: person.workspaceId, lane: `${connectionId}/${containerId}` }]);
	await deliver();
	expect(await engine.record(person, id)).toMatchObject({ status: "delivered", problem: null });
	expect(files()).toHaveLength(1);
});

/** On the device of the person, named as those that announce. */
async function signIn(): Promise<void> {
	await db.database.asIdentity(
		(sql) => sql`
			insert into sheaf.device_sessions (id, user_id, workspace_id, client_id, device_id, device_name, refresh_token_hash,
				dpop_thumbprint, expires_at, absolute_expires_at)
			values (${crypto.randomUUID()}, ${person.userId}, ${person.workspaceId}, 'sheaf-extension', ${person.deviceId},
				'Ada’s laptop', ${crypto.getRandomValues(Buffer.alloc(32))}, 'a thumbprint', now() + interval '1 day',
				now() + interval '1 day')`,
	);
}

test("CON-3: after a day the person is told which device to open, and the picture mends it by itself", async () => {
	await signIn();
	const bytes = testPicture();
	const [announced, id] = [{ sha256: hashOf(bytes), byteSize: 100, mediaType: "image/png" }, await capture(bytes)];
	await announceBlob(blobs, person, announced);
	await db.database.asTenant(person, (sql) => sql`update sheaf.deliveries set accepted_at = now() - interval '2 days'`);
	await deliver();
	expect(await engine.record(person, id)).toMatchObject({
		status: "needs_you",
		problem: { code: "delivery/picture-missing", action: "retry", details: { deviceName: "Ada’s laptop" } },
	});
	await bringBlob(blobs, person, { bytes });
	await deliver();
	expect(await engine.record(person, id)).toMatchObject({ status: "delivered" });
});

test("CON-3: a device that is signed out is not named as the one to open", async () => {
	const bytes = testPicture();
	const id = await capture(bytes);
	await announceBlob(blobs, person, { sha256: hashOf(bytes), byteSize: 100, mediaType: "image/png" });
	await db.database.asTenant(person, (sql) => sql`update sheaf.deliveries set accepted_at = now() - interval '2 days'`);
	await deliver();
	const { problem } = await engine.record(person, id);
	expect([problem?.code, problem?.details]).toEqual(["delivery/picture-missing", undefined]);
});

test.each([0, 2])(
	"CON-3: a picture of %d days ago that is stored while its absence is noted goes out",
	async (days) => {
		const bytes = testPicture();
		const id = await capture(bytes);
		await db.database.asTenant(
			person,
			(sql) => sql`update sheaf.deliveries set accepted_at = now() - make_interval(days => ${days})`,
		);
		let brought: Promise<unknown> | null = null;
		const remove = installCheckpointListener(async (name) => {
			if (name !== "deliver/before-settle" || brought !== null) return;
			brought = bringBlob(blobs, person, { bytes });
			await brought;
		});
		await deliver().finally(remove);
		expect(await engine.record(person, id)).toMatchObject({ status: "delivered", problem: null });
		expect(files()).toHaveLength(1);
	},
);

const faults: [string, FaultEffect][] = [
	["no answer", { kind: "timeout" }],
	["no answer after it was applied", { kind: "timeout", afterCommit: true }],
	["a connection dropped after it was applied", { kind: "drop_after_commit" }],
	["half an answer after it was applied", { kind: "malformed_json" }],
	["a gateway's page", { kind: "html_502" }],
];

test.each(faults)("CON-3, SYNC-3: after %s to the upload there is one row with one picture", async (_what, effect) => {
	const bytes = testPicture();
	await bringBlob(blobs, person, { bytes });
	const id = await capture(bytes);
	const fault = airtable.control.plan({ method: "POST", path: "uploadAttachment", effect });
	for (let round = 0; round < 3; round += 1) {
		await engine.makeDue(person);
		await deliver();
	}
	expect(fault.hits).toBe(1);
	expect(await engine.record(person, id)).toMatchObject({ status: "delivered" });
	expect([airtable.control.rows(containerId, "Pages").length, files().length]).toEqual([1, 1]);
});

test("CON-3: a run that ends after the upload and before it is noted attaches nothing twice", async () => {
	const bytes = testPicture();
	await bringBlob(blobs, person, { bytes });
	await capture(bytes);
	await deliver();
	await db.database.asTenant(
		person,
		(sql) => sql`update sheaf.deliveries set state = 'pending', next_attempt_at = now()`,
	);
	await deliver();
	expect([airtable.control.rows(containerId, "Pages").length, files().length]).toEqual([1, 1]);
});

test("CON-3: a picture that is larger than the provider takes says so, and what to do", async () => {
	const bytes = testPicture(5 * 1024 * 1024 + 1);
	await bringBlob(blobs, person, { bytes });
	const id = await capture(bytes);
	await deliver();
	expect(await engine.record(person, id)).toMatchObject({
		status: "needs_you",
		problem: { code: "delivery/picture-too-large", action: "edit", details: { max: 5 } },
	});
});

test("SYNC-5, CON-3: where what is there stays, a picture goes only into an empty cell", async () => {
	const careful = await makeTarget("fill_empty");
	const [first, second] = [testPicture(), testPicture()];
	for (const bytes of [first, second]) await bringBlob(blobs, person, { bytes });
	for (const bytes of [first, second]) {
		await capture(bytes, careful.id);
		await deliver();
	}
	expect(files()).toMatchObject([{ filename: `sheaf-${hashOf(first).slice(0, 16)}.png` }]);
});

test("CON-3: a column that takes no files is left as it is, the record arrives and says so until its picture is gone", async () => {
	const named = await makeTarget("overwrite", "Name");
	const bytes = testPicture();
	await bringBlob(blobs, person, { bytes });
	const id = await capture(bytes, named.id);
	await deliver();
	expect(await engine.record(person, id)).toMatchObject({
		status: "delivered",
		note: { code: "picture-left-out", columns: ["Name"] },
	});
	expect(row()["Name"]).toBeUndefined();
	const without = testPut({ recordId: id, version: 2, targetId: named.id, url: "https://example.test/" });
	await engine.write(person, [without]);
	await deliver();
	const mended = await engine.record(person, id);
	expect([mended.status, mended.deliveredVersion, mended.note]).toEqual(["delivered", 2, undefined]);
});
