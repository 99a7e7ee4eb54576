import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { acceptWrites } from "../records/accept-writes.ts";
import { testPut } from "../records/test-operations.ts";
import { announceBlob } from "./announce-blob.ts";
import type { BlobDeps } from "./blob-deps.ts";
import { pictureAddress } from "./picture-address.ts";
import { removeUnreferenced } from "./remove-unreferenced.ts";
import type { BlobStore } from "./store/blob-store.ts";
import { createMemoryStore, type MemoryStore } from "./store/test-memory-store.ts";
import { type SweepDeps, sweepBlobs } from "./sweep-blobs.ts";
import { takePart } from "./take-part.ts";
import { bringBlob, hashOf, testBlobDeps, testPicture } from "./test-blobs.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let db: TestDatabase;
let ada: Principal;
let store: MemoryStore;
let blobs: BlobDeps;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	ada = await createTestTenant(db.database);
	store = createMemoryStore();
	blobs = depsWith(store);
});

const silent = () => undefined;
const depsWith = (blobStore: BlobStore): BlobDeps =>
	testBlobDeps({ database: db.database, blobStore, ring: async () => undefined, log: { warn: silent, error: silent } });
const sweep = (more: Partial<SweepDeps> = {}) =>
	sweepBlobs(
		{ ...blobs, database: db.database, unfinishedHours: 48, keepDays: 30, ...more },
		new AbortController().signal,
	);
/** As if everything here had happened so long ago. */
const age = (interval: string) =>
	db.database.asTenant(ada, async (sql) => {
		await sql`update sheaf.blobs_meta set touched_at = touched_at - ${interval}::interval`;
		await sql`update sheaf.blob_removals set due_at = due_at - ${interval}::interval`;
	});
const known = async (): Promise<string[]> => {
	const rows = await db.database.asTenant(
		ada,
		(sql) => sql<{ sha256: string }[]>`select sha256 from sheaf.blobs_meta order by created_at`,
	);
	return rows.map(({ sha256 }) => sha256);
};
async function refer(bytes: Uint8Array): Promise<void> {
	const put = testPut();
	put.record.fields = { picture: { type: "image", value: pictureAddress(hashOf(bytes)) } };
	await acceptWrites({ ...blobs, connectors: new Map() }, ada, [put]);
}

test("BLOB-1: what nothing refers to goes after a while, bytes and all; what a record names stays", async () => {
	const [named, loose, young] = [testPicture(), testPicture(), testPicture()];
	for (const bytes of [named, loose]) await bringBlob(blobs, ada, { bytes });
	await refer(named);
	await age("31 days");
	await bringBlob(blobs, ada, { bytes: young });
	await sweep();
	expect(await known()).toEqual([hashOf(named), hashOf(young)]);
	expect(store.objects.size).toBe(2);
	await sweep();
	expect(store.objects.size).toBe(2);
});

test("BLOB-1: a picture that was found in a record is not looked for again at each sweep", async () => {
	const bytes = testPicture();
	await bringBlob(blobs, ada, { bytes });
	await refer(bytes);
	await age("31 days");
	let opened = 0;
	const asTenant: typeof db.database.asTenant = async (principal, work) => {
		opened += 1;
		return await db.database.asTenant(principal, work);
	};
	const look = () => removeUnreferenced({ keepDays: 30, database: { asTenant } }, ada.workspaceId);
	await look();
	opened = 0;
	expect([await look(), opened]).toEqual([0, 1]);
	expect(await known()).toEqual([hashOf(bytes)]);
});

test("BLOB-1: the file of a connection stays", async () => {
	const bytes = new TextEncoder().encode("a,b\n1,2\n");
	const sha256 = await bringBlob(blobs, ada, { bytes, mediaType: "text/csv" });
	await db.database.asTenant(
		ada,
		(sql) => sql`
			insert into sheaf.connections (id, provider, name, account_id, account_label, credential_jwe, settings)
			values (uuidv7(), 'file', 'F', 'file', 'F', 'jwe', ${JSON.stringify({ sha256 })}::text::jsonb)`,
	);
	await age("31 days");
	await sweep();
	expect(await known()).toEqual([sha256]);
});

test("BLOB-1: a record or a device that comes while it is looked for keeps its picture", async () => {
	const [written, announced] = [testPicture(), testPicture()];
	for (const bytes of [written, announced]) await bringBlob(blobs, ada, { bytes });
	await age("31 days");
	let opened = 0;
	const removed = await removeUnreferenced(
		{
			keepDays: 30,
			database: {
				asTenant: async (principal, work) => {
					opened += 1;
					// After the look through the records, and before what it found is removed.
					if (opened === 3) {
						await refer(written);
						await bringBlob(blobs, ada, { bytes: announced });
					}
					return await db.database.asTenant(principal, work);
				},
			},
		},
		ada.workspaceId,
	);
	expect([opened, removed]).toEqual([3, 0]);
	expect(await known()).toEqual([hashOf(written), hashOf(announced)]);
});

test("BLOB-1: an upload that nobody ends goes with its parts, and one that goes on does not", async () => {
	const large = testPicture(1024 * 1024 + 5);
	const announced = { sha256: hashOf(large), byteSize: large.byteLength, mediaType: "image/png" };
	await announceBlob(blobs, ada, announced);
	await takePart(blobs, ada, { sha256: announced.sha256, offset: 0, bytes: large.slice(0, 1024 * 1024) });
	await age("47 hours");
	await sweep();
	expect(await announceBlob(blobs, ada, announced)).toMatchObject({ receivedBytes: 1024 * 1024 });
	await age("49 hours");
	await sweep();
	expect(await known()).toEqual([]);
	expect(await announceBlob(blobs, ada, announced)).toMatchObject({ receivedBytes: 0, stored: false });
});

/** A process that is killed at this moment: what it waits for never comes. */
const killedAt: [string, (inner: BlobStore) => BlobStore["put"]][] = [
	["before the bytes are in the store", () => () => Promise.reject(new Error("killed"))],
	[
		"between the store and its note",
		(inner) =>
			async (...put) => {
				await inner.put(...put);
				throw new Error("killed");
			},
	],
];

test.each(killedAt)(
	"BLOB-1: a process that ends %s loses nothing: the device or the sweep goes on",
	async (_when, put) => {
		const [byDevice, bySweep] = [testPicture(), testPicture()];
		const dying = depsWith({ ...store, put: put(store) });
		for (const bytes of [byDevice, bySweep]) {
			await expect(bringBlob(dying, ada, { bytes })).rejects.toMatchObject({ code: "server/unavailable" });
		}
		const announced = { sha256: hashOf(byDevice), byteSize: byDevice.byteLength, mediaType: "image/png" };
		expect(await announceBlob(blobs, ada, announced)).toMatchObject({ stored: true });
		await age("2 minutes");
		await sweep();
		const again = { ...announced, sha256: hashOf(bySweep) };
		expect(await announceBlob(blobs, ada, again)).toMatchObject({ stored: true });
		expect([...store.objects.values()]).toEqual(expect.arrayContaining([byDevice, bySweep]));
		expect(store.objects.size).toBe(2);
		const parts = await db.database.asTenant(ada, (sql) => sql`select 1 from sheaf.blob_parts`);
		expect(parts).toHaveLength(0);
	},
);

test("SEC-4: with its workspace go a picture's bytes, also those of an upload that was under way", async () => {
	const [stored, dying] = [testPicture(), testPicture()];
	await bringBlob(blobs, ada, { bytes: stored });
	const [, killed] = killedAt[1] ?? ["", () => store.put];
	await bringBlob(depsWith({ ...store, put: killed(store) }), ada, { bytes: dying }).catch(silent);
	expect(store.objects.size).toBe(2);
	await db.database.asIdentity((sql) => sql`delete from sheaf.workspaces where id = ${ada.workspaceId}`);
	await sweep();
	expect(store.objects.size).toBe(1);
	await age("2 hours");
	await sweep();
	expect(store.objects.size).toBe(0);
});
