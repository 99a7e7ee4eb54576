import { afterAll, beforeAll, expect, test } from "bun:test";
import type { BlobStore } from "../../blobs/store/blob-store.ts";
import { createMemoryStore } from "../../blobs/store/test-memory-store.ts";
import { bringBlob, testBlobDeps, testPicture } from "../../blobs/test-blobs.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createTestTenant } from "../../db/test-tenant.ts";
import { createIdentity } from "../../identity/identity.ts";
import { createTestTarget } from "../../targets/test-target.ts";
import { createVault } from "../../vault/vault.ts";
import type { ExportDeps } from "./export-deps.ts";
import { workspaceFiles } from "./workspace-files.ts";

let fixture: TestDatabase;
beforeAll(async () => {
	fixture = await createTestDatabase();
});
afterAll(() => fixture.close());

function exportDeps(blobStore: BlobStore): ExportDeps {
	const vault = createVault([{ kid: "test", key: new Uint8Array(32) }]);
	const settings = { issuer: "http://localhost:8787", extensionIds: [], firefoxIds: [], now: Date.now };
	const identity = createIdentity({ asIdentity: fixture.database.asIdentity, vault, ...settings });
	return { identity, database: fixture.database, connectors: new Map(), blobStore };
}

test("SEC-4, BLOB-1: pictures are in the archive as they are, and one that the store has lost is named", async () => {
	const ada = await createTestTenant(fixture.database);
	const store = createMemoryStore();
	const silent = () => undefined;
	const log = { warn: silent, error: silent };
	const blobs = testBlobDeps({ database: fixture.database, blobStore: store, ring: async () => undefined, log });
	const lost = await bringBlob(blobs, ada, { bytes: testPicture() });
	store.objects.clear();
	const bytes = testPicture();
	const kept = await bringBlob(blobs, ada, { bytes });
	const found: Record<string, Uint8Array> = {};
	for await (const { name, content } of workspaceFiles(exportDeps(store), ada, "")) {
		const pieces = await Array.fromAsync<string | Uint8Array>(content);
		found[name] = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
	}
	expect(Buffer.compare(found[`pictures-and-files/${kept}.png`] ?? new Uint8Array(), bytes)).toBe(0);
	expect(found[`pictures-and-files/${lost}.png`]).toBeUndefined();
	const list = Buffer.from(found["pictures-and-files.jsonl"] ?? []).toString();
	for (const sha256 of [kept, lost]) expect(list).toContain(sha256);
});

test("SEC-4: who is taken out while the archive is made learns nothing of the files that come after", async () => {
	const ada = await createTestTenant(fixture.database);
	await createTestTarget(fixture.database, ada);
	const files = workspaceFiles(exportDeps(createMemoryStore()), ada, "");
	const texts: Record<string, string> = {};
	for await (const { name, content } of files) {
		texts[name] = (await Array.fromAsync(content)).join("");
		if (name !== "records.csv") continue;
		await fixture.database.asIdentity(
			(sql) => sql`delete from sheaf.workspace_members where workspace_id = ${ada.workspaceId}`,
		);
	}
	expect(texts).toMatchObject({ "targets.json": "[]\n", "connections.json": "[]\n", "audit-log.jsonl": "" });
});
