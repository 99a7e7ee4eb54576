import "../messages/test-browser.ts";
import { afterEach, beforeEach, describe, expect, setSystemTime, test } from "bun:test";
import { account, selectedTargetId, serverUrl, sessionEndedAt, targets } from "../settings/items.ts";
import { type UnsentRecipe, unsentRecipes } from "../settings/recipes.ts";
import { accessTokens } from "./access-tokens.ts";
import { deleteAccount } from "./delete-account.ts";
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

	test("ID-8: a second person without a sign-out between: no token is the first one's, of no workspace they share", async () => {
		const { server, session } = await aDevice();
		const [ada, ben] = [server.person ?? { id: "", email: "" }, { id: crypto.randomUUID(), email: "ben@example.com" }];
		const shared = server.people.team("Shared", ada, ben);
		await session.signIn();
		expect(server.holder(await tokenOf(session, { workspaceId: shared }))?.email).toBe(ada.email);
		server.person = ben;
		await session.signIn();
		expect(server.holder(await tokenOf(session, { workspaceId: shared }))?.email).toBe(ben.email);
		expect(server.holder(await tokenOf(session))?.email).toBe(ben.email);
		expect(await tokenOf(session, { userId: ada.id })).toBeNull();
	});
});

describe("ID-8: the records on this device", () => {
	test("are sent as far as they go, then sealed once nobody is signed in any more", async () => {
		const { session, keeping } = await aDevice();
		await session.signIn();
		keeping.asked.length = 0;
		await session.signOut();
		expect(keeping.asked).toEqual(["last flush", "put away all but null"]);
	});

	test("are sealed too when the server ended the session", async () => {
		const { server, session, keeping } = await aDevice();
		await session.signIn();
		server.end((await storedSession()).refreshToken);
		setSystemTime(Date.now() + 10 * minutes);
		keeping.asked.length = 0;
		expect(await tokenOf(session)).toBeNull();
		expect(keeping.asked).toEqual(["put away all but null"]);
	});

	test("are taken out before the account is there, and those of others put away before", async () => {
		const { server, session, keeping } = await aDevice();
		keeping.takeOut = async (userId) => {
			keeping.asked.push(`take out ${userId}`);
			expect(await account.getValue()).toBeNull();
			return 2;
		};
		expect(await session.signIn()).toMatchObject({ kind: "signed-in", unopened: 2 });
		const { id } = server.person ?? { id: "" };
		expect(keeping.asked).toEqual([`put away all but ${id}`, `take out ${id}`]);
	});

	test("a disk that takes no sealed records is told, and the person is signed out all the same", async () => {
		const { session, keeping } = await aDevice();
		await session.signIn();
		keeping.putAwayOthers = () => Promise.reject(new Error("The disk is full."));
		expect(await session.signOut().catch((error: unknown) => error)).toMatchObject({ message: "The disk is full." });
		expect(await account.getValue()).toBeNull();
		expect(await readStoredSession()).toBeUndefined();
	});
});

describe("SEC-4: deleting the account", () => {
	test("takes everything of it on this device with it, unsent and sealed records too", async () => {
		const { server, session, keeping } = await aDevice();
		await session.signIn();
		const { id, email } = server.person ?? { id: "", email: "" };
		const field = { name: "price", type: "currency" as const, selectors: [".price"] };
		const recipe = { name: "Shop", host: "shop.example", path: "/*", kind: "product", fields: [field] };
		const unsent = { workspaceId: null, basedOn: 0, version: 1, recipe, savedAt: "2026-03-05T10:00:00Z" };
		const guests: UnsentRecipe = { ...unsent, id: "b", userId: null };
		await unsentRecipes.setValue([{ ...unsent, id: "a", userId: id }, guests]);
		expect(await session.deleteAccount("somebody else")).toMatchObject({ kind: "failed" });
		expect(await account.getValue()).not.toBeNull();
		expect(await unsentRecipes.getValue()).toHaveLength(2);
		expect(await session.deleteAccount(email)).toMatchObject({ kind: "deleted", receipt: { id } });
		expect(server.people.deleted).toEqual([id]);
		expect(keeping.asked).toContain(`discard ${id}`);
		expect(await unsentRecipes.getValue()).toEqual([guests]);
		expect(await account.getValue()).toBeNull();
		expect(await readStoredSession()).toBeUndefined();
	});

	test("the receipt is given also when the disk keeps something back", async () => {
		const { server, session, keeping } = await aDevice();
		await session.signIn();
		keeping.discard = () => Promise.reject(new Error("The disk is broken."));
		expect(await session.deleteAccount(server.person?.email ?? "")).toMatchObject({ kind: "deleted" });
		expect(await account.getValue()).toBeNull();
	});

	test("a flush that meets the end of the session first does not have the person told that it ended", async () => {
		const { server, session, locks, keeping } = await aDevice();
		await session.signIn();
		const { refreshToken } = await storedSession();
		const refused = (await tokenOf(session)) ?? "";
		const deleteUser = async (confirm: string) => {
			const receipt = await session.client().deleteUser(confirm);
			server.end(refreshToken);
			expect(await tokenOf(session, { refused })).toBeNull();
			return receipt;
		};
		const deps = { locks, records: keeping, endWork: async () => {}, client: { deleteUser } };
		expect(await deleteAccount(deps, server.person?.email ?? "")).toMatchObject({ kind: "deleted" });
		expect(await sessionEndedAt.getValue()).toBeNull();
	});

	test("a guest has none to delete", async () => {
		const { session } = await aDevice();
		expect(await session.deleteAccount("x")).toMatchObject({ kind: "failed" });
	});
});
