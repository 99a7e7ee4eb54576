import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createVault } from "../vault/vault.ts";
import { createSigningKeys } from "./signing-keys.ts";

let testDatabase: TestDatabase;
beforeAll(async () => {
	testDatabase = await createTestDatabase();
});
afterAll(async () => {
	await testDatabase.close();
});

const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
const processes = (count: number) =>
	Array.from({ length: count }, () => createSigningKeys({ asIdentity: testDatabase.database.asIdentity, vault }));

test("ID-3: processes that start at once make one key between them", async () => {
	const currents = await Promise.all(processes(4).map((keys) => keys.current()));
	expect(new Set(currents.map(({ kid }) => kid)).size).toBe(1);
});

test("ID-3: a retired key still verifies for an hour, and the next one signs", async () => {
	const [earlier, later] = processes(2);
	if (!earlier || !later) throw new Error("Two processes were asked for.");
	const first = await earlier.current();
	await testDatabase.database.asIdentity((sql) => sql`update sheaf.signing_keys set retired_at = now()`);
	const second = await later.current();
	expect(second.kid).not.toBe(first.kid);
	expect(await later.publicKey(first.kid)).not.toBeNull();
	const { keys } = await later.publicJwks();
	expect(new Set(keys.map(({ kid }) => kid))).toEqual(new Set([first.kid, second.kid]));
	expect(await later.publicKey("unknown")).toBeNull();
	await testDatabase.database.asIdentity(
		(sql) => sql`update sheaf.signing_keys set retired_at = now() - interval '61 minutes' where kid = ${first.kid}`,
	);
	const [muchLater] = processes(1);
	expect(await muchLater?.publicKey(first.kid)).toBeNull();
});

test("SEC-1: the published half and the sealed half are all there is of a key", async () => {
	const [keys] = processes(1);
	await keys?.current();
	const rows = await testDatabase.database.asIdentity((sql) => sql`select * from sheaf.signing_keys`);
	for (const row of rows) {
		expect(row.publicJwk).not.toHaveProperty("d");
		expect(await vault.open(row.privateJwe)).toHaveProperty("d");
	}
});
