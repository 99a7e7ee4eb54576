import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createVault } from "../vault/vault.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { beginFlow, maxDestinationLength, takeFlow } from "./upstream-flows.ts";

let fixture: TestDatabase;
let identity: Identity;
beforeAll(async () => {
	fixture = await createTestDatabase();
	const vault = createVault([{ kid: "test", key: new Uint8Array(32) }]);
	const { asIdentity } = fixture.database;
	const settings = { issuer: "http://localhost:8787", extensionIds: [], firefoxIds: [], now: Date.now };
	identity = createIdentity({ asIdentity, vault, ...settings });
});
afterAll(() => fixture.close());

test("ID-2: an invitation's token is not readable in the table while its guest is at an upstream, and comes back with them", async () => {
	const invite = "an-invitation-token-of-forty-three-letters-";
	const flow = { provider: "google", destination: `/invite/${invite}`, linksTo: null };
	const token = await beginFlow(identity, flow);
	const kept = await fixture.database.asIdentity((sql) => sql`select * from sheaf.upstream_flows`);
	expect(kept).toHaveLength(1);
	const text = JSON.stringify(kept);
	for (const part of [invite, Buffer.from(invite).toString("base64url").slice(4, -4), token])
		expect(text).not.toContain(part);
	expect(await takeFlow(identity, token)).toEqual(flow);
	expect(await takeFlow(identity, token)).toBeNull();
});

test("ID-2: the longest destination that is taken fits", async () => {
	const destination = `/${"x".repeat(maxDestinationLength - 1)}`;
	const token = await beginFlow(identity, { provider: "google", destination, linksTo: null });
	expect(await takeFlow(identity, token)).toMatchObject({ destination });
});
