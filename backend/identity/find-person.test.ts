import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createVault } from "../vault/vault.ts";
import { describeAccount, personFor } from "./find-person.ts";
import { createIdentity, type Identity } from "./identity.ts";
import type { UpstreamIdentity } from "./upstream/upstream.ts";
import { accountHash } from "./upstream-account.ts";

let testDatabase: TestDatabase;
let identity: Identity;
beforeAll(async () => {
	testDatabase = await createTestDatabase();
	identity = createIdentity({
		asIdentity: testDatabase.database.asIdentity,
		vault: createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]),
		issuer: "https://sheaf.example",
		extensionIds: [],
		firefoxIds: [],
		now: Date.now,
	});
}, 60_000);
afterAll(() => testDatabase.close());

const someone = (changes: Partial<UpstreamIdentity> = {}): UpstreamIdentity => ({
	provider: "google",
	subject: crypto.randomUUID(),
	email: `${crypto.randomUUID()}@example.test`,
	emailVerified: true,
	firstName: "Ada",
	lastName: "Lovelace",
	label: "ada",
	grant: null,
	...changes,
});
const grantOf = async (subject: string) =>
	await testDatabase.database.asIdentity(async (sql) => {
		const [row] = await sql<{ grantJwe: string | null }[]>`
			select grant_jwe from sheaf.user_accounts where subject = ${subject}`;
		return row?.grantJwe ?? null;
	});

test("ID-2: of ten first sign-ins at once one makes the person, and all find them", async () => {
	const ada = someone();
	const found = await Promise.all(Array.from({ length: 10 }, () => personFor(identity, ada)));
	expect(found.every(({ kind }) => kind === "signed-in")).toBe(true);
	expect(new Set(found.map((one) => (one.kind === "signed-in" ? one.person.userId : null))).size).toBe(1);
});

test("ID-2: of two upstreams that tell one address at once, one makes the person and the other is told of it", async () => {
	const email = `${crypto.randomUUID()}@example.test`;
	const found = await Promise.all(
		["google", "github"].map((provider) => personFor(identity, someone({ provider, email }))),
	);
	expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["signed-in", "email-in-use"]));
});

test("ID-2: one subject at two providers is two people, and an unverified address is nobody's", async () => {
	const [subject, email] = [crypto.randomUUID(), `${crypto.randomUUID()}@example.test`];
	const unverified = { subject, email, emailVerified: false };
	const found = await Promise.all(
		["google", "microsoft"].map((provider) => personFor(identity, someone({ ...unverified, provider }))),
	);
	const ids = found.map((one) => (one.kind === "signed-in" ? one.person.userId : one.kind));
	expect(new Set(ids).size).toBe(2);
	expect(await personFor(identity, someone({ provider: "github", email }))).toMatchObject({ kind: "signed-in" });
});

test("ID-5: an account that is gone at its upstream brings nobody back", async () => {
	const gone = someone({ provider: "clerk" });
	await testDatabase.database.asIdentity(
		(sql) => sql`insert into sheaf.deleted_accounts (account_hash) values (${accountHash(gone)})`,
	);
	expect(await personFor(identity, gone)).toEqual({ kind: "gone" });
	expect(await personFor(identity, someone({ ...gone, provider: "oidc" }))).toMatchObject({ kind: "signed-in" });
});

test("ACC-2: a grant is sealed, a newer one takes its place, and a sign-in without one keeps it", async () => {
	const ada = someone({ grant: { token: "first-token", expiresAt: null } });
	await personFor(identity, ada);
	const first = (await grantOf(ada.subject)) ?? "";
	expect(first).not.toContain("first-token");
	expect(await identity.vault.open(first)).toEqual({ token: "first-token", expiresAt: null });
	await personFor(identity, { ...ada, grant: null });
	expect(await grantOf(ada.subject)).toBe(first);
	await personFor(identity, { ...ada, grant: { token: "second-token", expiresAt: null } });
	expect(await identity.vault.open((await grantOf(ada.subject)) ?? "")).toMatchObject({ token: "second-token" });
	expect((await describeAccount(identity, someone())).grantJwe).toBeNull();
});
