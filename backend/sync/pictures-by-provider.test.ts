import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { pictureAddress } from "../blobs/picture-address.ts";
import { createMemoryStore } from "../blobs/store/test-memory-store.ts";
import { bringBlob, hashOf, testBlobDeps, testPicture } from "../blobs/test-blobs.ts";
import { createConnection } from "../connections/create-connection.ts";
import { startBaserowSimulator } from "../connectors/baserow/simulator.ts";
import * as baserow from "../connectors/baserow/test-scene.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { startNocodbSimulator } from "../connectors/nocodb/simulator.ts";
import * as nocodb from "../connectors/nocodb/test-scene.ts";
import * as notion from "../connectors/notion/simulator/test-scene.ts";
import { createRegistry } from "../connectors/registry.ts";
import { testProviders } from "../connectors/test-providers.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTarget } from "../targets/create-target.ts";
import { createVault } from "../vault/vault.ts";
import { createTestEngine } from "./test-engine.ts";

// Real waits for real limits, on a machine that may have other things to do.
setDefaultTimeout(60_000);

let db: TestDatabase;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());

type Place = {
	url: string;
	credential: Record<string, string>;
	tableId: string;
	/** The name of the column that the rows are matched by. */
	key: string;
	/** What the cell of files of the first row holds. */
	files(): unknown;
	rows(): readonly unknown[];
	stop(): unknown;
};

const places: Record<string, () => Promise<Place>> = {
	notion: async () => {
		const scene = await notion.openScene();
		const rows = () => scene.control.rows(notion.tableId);
		const files = () => rows()[0]?.values["fil1"];
		const credential = { token: notion.sceneToken };
		return { url: scene.url, credential, tableId: notion.tableId, key: "Link", rows, files, stop: () => scene.stop() };
	},
	baserow: async () => {
		const simulator = await startBaserowSimulator({ tables: [baserow.conformanceTable], token: baserow.sceneToken });
		const { url } = simulator;
		const rows = () => simulator.table(baserow.tableId).rows;
		const files = () => rows()[0]?.[`field_${baserow.filesColumn}`];
		const credential = { address: url, token: baserow.sceneToken };
		return { url, credential, tableId: String(baserow.tableId), key: "Key", rows, files, stop: () => simulator.stop() };
	},
	nocodb: async () => {
		const simulator = await startNocodbSimulator({ bases: [nocodb.conformanceBase], token: nocodb.sceneToken });
		const { url } = simulator;
		simulator.table(nocodb.tableId).columns.push({ id: "cfiles", title: "Files", uidt: "Attachment" });
		const rows = () => simulator.table(nocodb.tableId).rows;
		const files = () => rows()[0]?.["cfiles"];
		const credential = { address: url, token: nocodb.sceneToken };
		return { url, credential, tableId: nocodb.tableId, key: "Key", rows, files, stop: () => simulator.stop() };
	},
};

test.each(Object.entries(places))("CON-3: in %s a picture is in its cell once, also done again", async (id, open) => {
	const place = await open();
	const engine = createTestEngine(db);
	const [blobStore, vault] = [createMemoryStore(), createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }])];
	Object.assign(engine.deps, {
		vault,
		blobStore,
		connectors: createRegistry({ ...testProviders({ notion: `${place.url}/v1/` }), practice: null }),
		http: createGuardedHttp({ allowedOrigins: [place.url], timeoutMs: 2_000 }),
	});
	const person = { ...(await createTestTenant(db.database)), deviceId: crypto.randomUUID() };
	const deps = { ...engine.deps, vault };
	const { id: connectionId } = await createConnection(deps, person, { provider: id, credential: place.credential });
	const target = await createTarget(deps, person, {
		name: "Rows",
		connectionId,
		tableId: place.tableId,
		mapping: [
			{ from: "url", to: place.key },
			{ from: "picture", to: "Files" },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	const bytes = testPicture();
	await bringBlob(testBlobDeps({ ...engine.deps, blobStore }, "A laptop"), person, { bytes });
	const put = testPut({ targetId: target.id, url: "https://example.test/" });
	put.record.fields = { ...put.record.fields, picture: { type: "image", value: pictureAddress(hashOf(bytes)) } };
	await engine.write(person, [put]);
	for (let round = 0; round < 2; round += 1) {
		await db.database.asTenant(
			person,
			(sql) => sql`update sheaf.deliveries set state = 'pending', next_attempt_at = now()`,
		);
		await engine.makeDue(person);
		await engine.deliver(person, engine.rung[0]?.lane ?? "");
		expect(await engine.record(person, put.record.id)).toMatchObject({ status: "delivered", problem: null });
	}
	expect(place.rows()).toHaveLength(1);
	expect(place.files()).toHaveLength(1);
	expect(JSON.stringify(place.files())).toContain(`sheaf-${hashOf(bytes).slice(0, 16)}.png`);
	await place.stop();
});
