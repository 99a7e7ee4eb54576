import { afterEach, beforeEach, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createVault } from "../vault/vault.ts";
import { keySeconds, overlapSeconds, publishedAfterSeconds, replaceKeys, rotateKeys } from "./key-rotation.ts";
import { createSigningKeys, type SigningKeys } from "./signing-keys.ts";

let testDatabase: TestDatabase;
let passedMs = 0;
beforeEach(async () => {
	testDatabase = await createTestDatabase();
	passedMs = 0;
});
afterEach(async () => {
	await testDatabase.close();
});

const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
const store = () => ({ asIdentity: testDatabase.database.asIdentity, vault, now: () => Date.now() + passedMs });
const passTime = (seconds: number) => {
	passedMs += seconds * 1_000;
};
const processes = (count: number) => Array.from({ length: count }, () => createSigningKeys(store()));
const signingKid = async (keys: SigningKeys) => (await keys.current()).kid;
const publishedKids = async (keys: SigningKeys) => (await keys.publicJwks()).keys.map(({ kid }) => kid ?? "");
const everyKid = () =>
	testDatabase.database.asIdentity((sql) => sql<{ kid: string }[]>`select kid from sheaf.signing_keys`);

test("ID-3: processes that start at once make one key between them", async () => {
	const kids = await Promise.all(processes(4).map(signingKid));
	expect(new Set(kids).size).toBe(1);
});

test("ID-3: a new key is published before it signs, signs after the overlap, and the old one stays published until its tokens have run out", async () => {
	const [keys = createSigningKeys(store())] = processes(1);
	const first = await signingKid(keys);
	passTime(keySeconds);
	expect(await signingKid(keys)).toBe(first);
	const [, second = ""] = await publishedKids(keys);
	expect(second).not.toBe(first);
	expect(await publishedKids(keys)).toEqual([first, second]);
	passTime(overlapSeconds - 1);
	expect(await signingKid(keys)).toBe(first);
	passTime(2);
	expect(await signingKid(keys)).toBe(second);
	expect(await publishedKids(keys)).toEqual([first, second]);
	expect(await keys.publicKey(first)).not.toBeNull();
	passTime(publishedAfterSeconds);
	expect(await publishedKids(keys)).toEqual([second]);
	expect(await keys.publicKey(first)).toBeNull();
	expect(await keys.publicKey("unknown")).toBeNull();
});

test("ID-3: processes that notice an old key at once make one new key between them, and change over together", async () => {
	const many = processes(5);
	const first = await signingKid(many[0] ?? createSigningKeys(store()));
	passTime(keySeconds);
	expect(new Set(await Promise.all(many.map(signingKid)))).toEqual(new Set([first]));
	expect(await everyKid()).toHaveLength(2);
	passTime(overlapSeconds);
	const later = new Set(await Promise.all(many.map(signingKid)));
	expect(later.size).toBe(1);
	expect(later.has(first)).toBe(false);
	expect(await everyKid()).toHaveLength(2);
});

test("ID-3: by command a young key is followed too; a second command while that is under way changes nothing", async () => {
	const [keys = createSigningKeys(store())] = processes(1);
	const first = await signingKid(keys);
	const [one, other] = await Promise.all([rotateKeys(store()), rotateKeys(store())]);
	expect([one?.kind, other?.kind].toSorted()).toEqual(["rotated", "under-way"]);
	expect(one?.kid).toBe(other?.kid ?? "");
	expect(one?.kid).not.toBe(first);
	expect(await signingKid(keys)).toBe(first);
	passTime(overlapSeconds + 1);
	expect(await signingKid(keys)).toBe(one?.kid ?? "");
});

test("ID-3: a key that somebody else may have is refused by every process within a minute", async () => {
	const [keys = createSigningKeys(store())] = processes(1);
	const stolen = await signingKid(keys);
	const { kid } = await replaceKeys(store());
	passTime(60);
	expect(await signingKid(keys)).toBe(kid);
	expect(await publishedKids(keys)).toEqual([kid]);
	expect(await keys.publicKey(stolen)).toBeNull();
});

test("SEC-1: the published half and the sealed half are all there is of a key", async () => {
	const [keys] = processes(1);
	await keys?.current();
	const rows = await testDatabase.database.asIdentity((sql) => sql`select * from sheaf.signing_keys`);
	expect(rows).toHaveLength(1);
	for (const row of rows) {
		expect(row.publicJwk).not.toHaveProperty("d");
		expect(await vault.open(row.privateJwe)).toHaveProperty("d");
	}
});
