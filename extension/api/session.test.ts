import "../messages/test-browser.ts";
import { afterEach, beforeEach, describe, expect, setSystemTime, test } from "bun:test";
import { account, selectedTargetId, serverUrl, sessionEndedAt, targets } from "../settings/items.ts";
import { accessTokens } from "./access-tokens.ts";
import { readStoredSession } from "./session-database.ts";
import { aDevice, emptyDevice, storedSession, tokenOf } from "./test-device.ts";

beforeEach(emptyDevice);

afterEach(() => {
	setSystemTime();
});

const minutes = 60_000;

describe("the token", () => {
	test("is kept while it is good, and refreshed 30 s before it ends", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		const first = await tokenOf(session);
		setSystemTime(Date.now() + 4 * minutes);
		expect(await tokenOf(session)).toBe(first);
		setSystemTime(Date.now() + 31_000);
		const second = await tokenOf(session);
		expect(second).not.toBe(first);
		expect(server.holder(second)?.email).toBe("ada@example.com");
	});

	test("ID-3: however many contexts ask, it is refreshed once", async () => {
		const { server, session, start } = await aDevice();
		await session.signIn();
		setSystemTime(Date.now() + 10 * minutes);
		const other = start();
		const tokens = await Promise.all([tokenOf(session), tokenOf(other), tokenOf(session), tokenOf(other)]);
		expect(new Set(tokens).size).toBe(1);
		expect(server.tokenRequests.map((request) => request.get("grant_type"))).toEqual([
			"authorization_code",
			"refresh_token",
		]);
	});

	test("OUT-2: one that was refused is replaced once, also when several requests met the refusal", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		const first = (await tokenOf(session)) ?? "";
		const [one, two] = await Promise.all([tokenOf(session, { refused: first }), tokenOf(session, { refused: first })]);
		expect(one).not.toBe(first);
		expect(two).toBe(one);
		expect(server.tokenRequests.length).toBe(2);
	});

	test("comes back after a restart of the browser, which empties the session storage", async () => {
		const { server, session, start } = await aDevice();
		await session.signIn();
		await accessTokens.setValue(null);
		expect(server.holder(await tokenOf(start()))?.email).toBe("ada@example.com");
	});

	test("without a network it is a failure and no sign-out", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		setSystemTime(Date.now() + 10 * minutes);
		server.offline = true;
		expect(await tokenOf(session).catch((error: unknown) => error)).toMatchObject({ code: "client/unreachable" });
		expect(await account.getValue()).not.toBeNull();
		server.offline = false;
		expect(server.holder(await tokenOf(session))?.email).toBe("ada@example.com");
	});

	test("a session that was ended elsewhere makes this device a guest again, and says so", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		server.end((await storedSession()).refreshToken);
		setSystemTime(Date.now() + 10 * minutes);
		expect(await tokenOf(session)).toBeNull();
		expect(await account.getValue()).toBeNull();
		expect(await readStoredSession()).toBeUndefined();
		expect(await sessionEndedAt.getValue()).toBeNumber();
		await session.signIn();
		expect(await sessionEndedAt.getValue()).toBeNull();
	});

	test("never goes to another server than the one it is from", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		const before = server.tokenRequests.length;
		await serverUrl.setValue("https://other.example");
		expect(await tokenOf(session)).toBeNull();
		expect(server.tokenRequests.length).toBe(before);
		await serverUrl.setValue(server.issuer);
		expect(await tokenOf(session)).not.toBeNull();
	});

	test("nobody signed in: there is none", async () => {
		const { session } = await aDevice();
		expect(await tokenOf(session)).toBeNull();
	});
});

describe("signing out", () => {
	test("ID-8: takes the session and everything shown of the account, and tells the backend", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		const { refreshToken } = await storedSession();
		await selectedTargetId.setValue("some target");
		await session.signOut();
		expect(await account.getValue()).toBeNull();
		expect(await targets.getValue()).toEqual([]);
		expect(await selectedTargetId.getValue()).toBeNull();
		expect(await accessTokens.getValue()).toBeNull();
		expect(await readStoredSession()).toBeUndefined();
		expect(await tokenOf(session)).toBeNull();
		expect(server.revoked).toEqual([refreshToken]);
	});

	test("works without a network", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		server.offline = true;
		await session.signOut();
		expect(await readStoredSession()).toBeUndefined();
		expect(await account.getValue()).toBeNull();
	});

	test("one that was cut off after the account was gone is finished at the next start", async () => {
		const { session, start } = await aDevice();
		await session.signIn();
		await account.setValue(null);
		await start().tidy();
		expect(await readStoredSession()).toBeUndefined();
		expect(await accessTokens.getValue()).toBeNull();
	});

	test("two people, one after the other: the second one's token is theirs", async () => {
		const { server, session } = await aDevice();
		await session.signIn();
		await session.signOut();
		server.person = { id: crypto.randomUUID(), email: "ben@example.com" };
		await session.signIn();
		expect(server.holder(await tokenOf(session))?.email).toBe("ben@example.com");
	});
});
