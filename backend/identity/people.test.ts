import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createVault } from "../vault/vault.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { hashPassword, isOutdatedHash, isPossiblePassword, passwordFits } from "./passwords.ts";
import { insertPerson, normalEmail, signIn, signUp } from "./people.ts";

let testDatabase: TestDatabase;
let identity: Identity;
beforeAll(async () => {
	testDatabase = await createTestDatabase();
	identity = createIdentity({
		asIdentity: testDatabase.database.asIdentity,
		vault: createVault([{ kid: "test", key: new Uint8Array(32) }]),
		issuer: "http://localhost:8787",
		extensionIds: [],
		firefoxIds: [],
		now: Date.now,
	});
});
afterAll(async () => {
	await testDatabase.close();
});

describe("ID-2: passwords", () => {
	test("ID-2: 8 to 256 characters, counted as a person counts them", () => {
		expect(isPossiblePassword("1234567")).toBe(false);
		expect(isPossiblePassword("12345678")).toBe(true);
		expect(isPossiblePassword("😀".repeat(7))).toBe(false);
		expect(isPossiblePassword("😀".repeat(256))).toBe(true);
		expect(isPossiblePassword("a".repeat(257))).toBe(false);
	});

	test("ID-2: kept as argon2id, each with its own salt", async () => {
		const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
		expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(one).not.toBe(two);
		expect(await passwordFits("correct horse", one)).toBe(true);
		expect(await passwordFits("correct horsf", one)).toBe(false);
		expect(await passwordFits("correct horse", null)).toBe(false);
	});

	test("ID-2: a letter with an accent is the same however a keyboard makes it", async () => {
		expect(await passwordFits("cafe\u0301 au lait", await hashPassword("caf\u00e9 au lait"))).toBe(true);
	});
});

describe("ID-2: accounts", () => {
	test("ID-2: an e-mail is trimmed and in lower case; what cannot be one is refused", () => {
		expect(normalEmail("  Ada@Example.TEST ")).toBe("ada@example.test");
		for (const wrong of [
			"",
			"ada",
			"@example.test",
			"ada@",
			"a b@example.test",
			"<a@b>",
			`${"a".repeat(250)}@b.test`,
		]) {
			expect(normalEmail(wrong)).toBeNull();
		}
	});

	test("ID-2: signing up twice with the same password is signing in; with another it is refused", async () => {
		const credentials = { email: "ada@example.test", password: "correct horse" };
		const first = await signUp(identity, credentials);
		expect(first).toMatch(/^[0-9a-f-]{36}$/);
		expect(await signUp(identity, credentials)).toBe(first);
		expect(await signUp(identity, { ...credentials, password: "another one" })).toBeNull();
	});

	test("ID-2: five sign-ups at once with one address make one person", async () => {
		const credentials = { email: "grace@example.test", password: "correct horse" };
		await Promise.all(Array.from({ length: 5 }, () => signUp(identity, credentials)));
		const rows = await testDatabase.database.asIdentity(
			(sql) => sql`
				select m.role from sheaf.users u join sheaf.workspace_members m on m.user_id = u.id
				where u.email = ${credentials.email}`,
		);
		expect(rows.map(({ role }) => role)).toEqual(["owner"]);
	});

	test("ID-2: who has proven an address signs in with it, and not who only claims it", async () => {
		const email = "both@example.test";
		const claimed = await signUp(identity, { email, password: "of the claimant" });
		const passwordHash = await hashPassword("of the owner");
		const proven = await identity.asIdentity((sql) =>
			insertPerson(sql, { email, passwordHash, verifiedAt: new Date() }),
		);
		expect(proven).not.toBe(claimed);
		expect(await signIn(identity, { email, password: "of the owner" })).toBe(proven);
		expect(await signIn(identity, { email, password: "of the claimant" })).toBeNull();
	});

	test("SEC-1: a hash of other parameters is made anew at the next sign-in, and only then", async () => {
		const email = "old-hash@example.test";
		const old = await Bun.password.hash("correct horse", { algorithm: "argon2id", memoryCost: 8_192, timeCost: 3 });
		expect([isOutdatedHash(old), isOutdatedHash(await hashPassword("x"))]).toEqual([true, false]);
		await identity.asIdentity((sql) => insertPerson(sql, { email, passwordHash: old, verifiedAt: null }));
		const hash = async () => {
			const [row] = await identity.asIdentity(
				(sql) => sql<{ passwordHash: string }[]>`
					select password_hash from sheaf.user_accounts a join sheaf.users u on u.id = a.user_id
					where u.email = ${email}`,
			);
			return row?.passwordHash ?? "";
		};
		expect(await signIn(identity, { email, password: "wrong password" })).toBeNull();
		expect(await hash()).toBe(old);
		expect(await signIn(identity, { email, password: "correct horse" })).not.toBeNull();
		const renewed = await hash();
		expect(isOutdatedHash(renewed)).toBe(false);
		expect(await signIn(identity, { email, password: "correct horse" })).not.toBeNull();
		expect(await hash()).toBe(renewed);
	});

	test("ID-2: a wrong password, an unknown address and a malformed one are all the same no", async () => {
		for (const [email, password] of [
			["ada@example.test", "wrong password"],
			["ada@example.test", "x"],
			["nobody@example.test", "correct horse"],
			["nobody", "correct horse"],
		] as const) {
			expect(await signIn(identity, { email, password })).toBeNull();
		}
	});

	test("SEC-1: the cost of an answer does not depend on whether there is such a person", async () => {
		let checks = 0;
		const verify = Bun.password.verify;
		Bun.password.verify = async (...given) => {
			checks += 1;
			return await verify(...given);
		};
		try {
			for (const email of ["ada@example.test", "nobody@example.test"]) {
				checks = 0;
				await signIn(identity, { email, password: "wrong password" });
				expect({ email, checks }).toEqual({ email, checks: 1 });
			}
		} finally {
			Bun.password.verify = verify;
		}
	});
});
