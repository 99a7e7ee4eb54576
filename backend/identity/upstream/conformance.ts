import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { AccountView, UserView } from "../../contract/users.ts";
import { testFaults, testTraces } from "./test-faults.ts";
import { testIdTokens } from "./test-id-tokens.ts";
import { testInjections, testMixUps } from "./test-mix-ups.ts";
import { signIn } from "./test-sign-in.ts";
import type { TestWayFactory } from "./test-ways.ts";
import { refreshOf, startWithWay, TestWindow, type WayBackend } from "./test-window.ts";

/** The first one starts PostgreSQL. */
const startMs = 60_000;

/** What every way in through somebody else has to do, asked through the backend's own pages and the stand-in at the other end. */
export function testUpstream(factory: TestWayFactory): void {
	let opened: WayBackend | undefined;
	beforeAll(async () => {
		opened = await startWithWay(factory);
	}, startMs);
	afterAll(async () => {
		await opened?.close();
	});
	beforeEach(() => {
		const { way, patience } = now();
		way.server.faults.clear();
		way.consent.extra = {};
		patience.ms = 10_000;
		if (way.issuer) Object.assign(way.issuer, { claims: {}, header: {}, forgery: null });
	});
	const now = (): WayBackend => {
		if (!opened) throw new Error("The backend has not been started.");
		return opened;
	};
	describe(factory.id, () => {
		testSigningIn(now);
		testAddresses(now);
		testMixUps(now);
		testInjections(now);
		if (factory.hasIdTokens) testIdTokens(now);
		testFaults(now);
		testTraces(now);
	});
}

function testSigningIn(now: () => WayBackend): void {
	test("ID-2: a first sign-in makes the person, a second one finds them", async () => {
		const { way } = now();
		const { key, label } = way.put({ subject: "ada", address: "ada", vouched: true });
		const { window, userId, accessToken } = await signIn(now(), key);
		const me = await window.read<UserView>(accessToken, "/api/v1/users/me");
		expect(me).toMatchObject({ emailVerified: true, firstName: "Ada", lastName: "King Lovelace" });
		expect(me.email).toMatch(/^ada@(example\.test|gmail\.com)$/);
		const { accounts } = await window.read<{ accounts: AccountView[] }>(accessToken, "/api/v1/users/me/accounts");
		expect(accounts).toMatchObject([{ provider: way.id, label }]);
		expect((await signIn(now(), key)).userId).toBe(userId);
	});

	test("ID-2: two at one upstream are two people", async () => {
		const { way } = now();
		const one = await signIn(now(), way.put({ subject: "grace", address: "grace", vouched: true }).key);
		const other = await signIn(now(), way.put({ subject: "alan", address: "alan", vouched: true }).key);
		expect(one.userId).not.toBe(other.userId);
	});

	test("ID-2: the browser is sent away with PKCE and a state, and without the secret", async () => {
		const { way, client } = now();
		const window = await TestWindow.open(now());
		const address = new URL(await window.leave());
		expect(way.consent.problem(address.searchParams)).toBeNull();
		expect(address.searchParams.get("prompt")).toBe(way.selectsAccount ? "select_account" : null);
		expect(decodeURIComponent(address.href)).not.toContain(client.clientSecret);
	});

	test("ID-2: whoever cancels there is back at the sign-in page, which is no error", async () => {
		const { way } = now();
		const window = await TestWindow.open(now());
		const answer = await window.comeBack(way.consent.decide(await window.leave(), null));
		expect(answer.status).toBe(200);
		const page = await answer.text();
		expect(page).toContain(`${way.title} was not used`);
		expect(page).toContain('name="password"');
		expect(page).toContain(`Continue with ${way.title}`);
		expect(page).not.toContain('role="alert"');
	});

	test("ID-2: two windows at once do not take each other's way back", async () => {
		const { way } = now();
		const { key } = way.put({ subject: "ada", address: "ada", vouched: true });
		const window = await TestWindow.open(now());
		const [first, second] = [await window.leave(), await window.leave()];
		for (const address of [second, first]) {
			expect(refreshOf(await window.comeBack(way.consent.decide(address, key)))).toContain("code=");
		}
	});
}

function testAddresses(now: () => WayBackend): void {
	test("ID-2: an address that the upstream is not to be believed about is not kept", async () => {
		const { key } = now().way.put({ subject: "unknown", address: "unknown", vouched: false });
		const { window, accessToken } = await signIn(now(), key);
		const me = await window.read<UserView>(accessToken, "/api/v1/users/me");
		expect(me).toMatchObject({ email: "", emailVerified: false });
	});

	test("ID-2: somebody whose address has changed is still the same person", async () => {
		const { way } = now();
		const before = await signIn(now(), way.put({ subject: "mary", address: "mary", vouched: true }).key);
		const { key, label } = way.put({ subject: "mary", address: "mary.s", vouched: true });
		const after = await signIn(now(), key);
		expect(after.userId).toBe(before.userId);
		const path = "/api/v1/users/me/accounts";
		const { accounts } = await after.window.read<{ accounts: AccountView[] }>(after.accessToken, path);
		expect(accounts).toMatchObject([{ label }]);
	});

	test("ID-2: an address that is somebody's already is never merged: the page says how they sign in", async () => {
		const { way } = now();
		await signIn(now(), way.put({ subject: "first", address: "shared", vouched: true }).key);
		const { key } = way.put({ subject: "second", address: "shared", vouched: true });
		const window = await TestWindow.open(now());
		const answer = await window.comeBack(way.consent.decide(await window.leave(), key));
		expect(answer.status).toBe(200);
		const page = await answer.text();
		expect(page).toContain("You have an account already");
		expect(page).toContain(`<strong>${way.title}</strong>`);
	});
}
