import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createTestTenant } from "../../db/test-tenant.ts";
import { createIdentity } from "../../identity/identity.ts";
import { createTestTarget } from "../../targets/test-target.ts";
import { createVault } from "../../vault/vault.ts";
import { workspaceFiles } from "./workspace-files.ts";

let fixture: TestDatabase;
beforeAll(async () => {
	fixture = await createTestDatabase();
});
afterAll(() => fixture.close());

test("SEC-4: who is taken out while the archive is made learns nothing of the files that come after", async () => {
	const ada = await createTestTenant(fixture.database);
	await createTestTarget(fixture.database, ada);
	const vault = createVault([{ kid: "test", key: new Uint8Array(32) }]);
	const settings = { issuer: "http://localhost:8787", extensionIds: [], firefoxIds: [], now: Date.now };
	const identity = createIdentity({ asIdentity: fixture.database.asIdentity, vault, ...settings });
	const files = workspaceFiles({ identity, database: fixture.database, connectors: new Map() }, ada, "");
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
