import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createVault } from "../vault/vault.ts";
import { closeBrowserSession, findBrowserPerson, openBrowserSession } from "./browser-sessions.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { signUp } from "./people.ts";
import { countHit, forgiveHits } from "./rate-limits.ts";

let testDatabase: TestDatabase;
let identity: Identity;
let nowMs = Date.parse("2026-01-01T00:00:00Z");
beforeAll(async () => {
	testDatabase = await createTestDatabase();
	identity = createIdentity({
		asIdentity: testDatabase.database.asIdentity,
		vault: createVault([{ kid: "test", key: new Uint8Array(32) }]),
		issuer: "http://localhost:8787",
		extensionIds: [],
		firefoxIds: [],
		now: () => nowMs,
	});
});
afterAll(async () => {
	await testDatabase.close();
});

const countRows = async () => {
	const [row] = await testDatabase.database.asIdentity(
		(sql) => sql<{ hits: number; cookies: number }[]>`
			select (select count(*)::int from sheaf.rate_limits) as hits,
				(select count(*)::int from sheaf.browser_sessions) as cookies`,
	);
	return row;
};

test("SEC-1: what has run out is deleted, at most once a minute; what is still good stays", async () => {
	const userId = await signUp(identity, { email: "ada@example.test", password: "correct horse" });
	const token = await openBrowserSession(identity, { userId: userId ?? "", provider: "password" });
	await countHit(identity, { name: "test", hits: 1, seconds: 60 }, "somebody");
	await identity.sweep();
	expect(await countRows()).toEqual({ hits: 1, cookies: 1 });
	nowMs += 2 * 3_600_000;
	await identity.sweep();
	expect(await countRows()).toEqual({ hits: 0, cookies: 1 });
	expect(await findBrowserPerson(identity, token)).toMatchObject({ email: "ada@example.test" });
	nowMs += 7 * 86_400_000;
	expect(await findBrowserPerson(identity, token)).toBeNull();
	await identity.sweep();
	expect(await countRows()).toEqual({ hits: 0, cookies: 0 });
	await closeBrowserSession(identity, token);
});

test("SEC-1: a limit counts to its number, tells how long to wait, starts anew with the window, and can be forgiven", async () => {
	const limit = { name: "test", hits: 2, seconds: 60 };
	nowMs = Date.parse("2026-02-01T00:00:20Z");
	const hit = () => countHit(identity, limit, "ada");
	expect([await hit(), await hit(), await hit()]).toEqual([
		{ ok: true },
		{ ok: true },
		{ ok: false, retryAfterSeconds: 40 },
	]);
	expect(await countHit(identity, limit, "grace")).toEqual({ ok: true });
	await forgiveHits(identity, limit, "ada");
	expect(await hit()).toEqual({ ok: true });
	await Promise.all([hit(), hit(), hit()]);
	nowMs += 40_000;
	expect(await hit()).toEqual({ ok: true });
});
