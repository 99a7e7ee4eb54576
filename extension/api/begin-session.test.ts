import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import {
	account,
	lastTargets,
	menu,
	movedCaptures,
	selectedTargetId,
	syncedSettings,
	targets,
	theme,
	unopenedParcels,
} from "../settings/items.ts";
import { testTarget } from "../ui/test-target.ts";
import { accessTokens } from "./access-tokens.ts";
import { readSealKeys, readStoredSession } from "./session-database.ts";
import { aDevice, emptyDevice, storedSession, tokenOf } from "./test-device.ts";
import type { TestPerson } from "./test-people.ts";

beforeEach(emptyDevice);

const deviceKey = "/api/v1/users/me/device-key";
const fullUser = "/api/v1/users/me/full";

const badKeys: [string, () => Response][] = [
	["is not there, as at an older server", () => new Response(null, { status: 404 })],
	["cannot be had now", () => new Response(null, { status: 503 })],
	["is no key", () => Response.json({ key: "?" })],
	["is too short", () => Response.json({ key: "AAAA" })],
];

test.each(badKeys)(
	"ID-8: a device key that %s keeps nobody from signing in, and is fetched later",
	async (_, answer) => {
		const { server, session, keeping } = await aDevice();
		const { id } = server.person as TestPerson;
		server.people.wrongAnswers.set(deviceKey, answer);
		keeping.takeOut = async () => {
			keeping.asked.push("take out");
			return (await readSealKeys(id)).server === null ? 1 : 0;
		};
		expect(await session.signIn()).toMatchObject({ kind: "signed-in", unopened: 1 });
		expect(await unopenedParcels.getValue()).toBe(1);
		expect(await session.refreshAccount()).toBe(true);
		expect((await readSealKeys(id)).server).toBeNull();
		server.people.wrongAnswers.clear();
		keeping.asked.length = 0;
		expect(await session.refreshAccount()).toBe(true);
		expect((await readSealKeys(id)).server).not.toBeNull();
		expect(keeping.asked).toEqual(["take out"]);
		expect(await unopenedParcels.getValue()).toBeNull();
		await session.refreshAccount();
		expect(keeping.asked).toEqual(["take out"]);
	},
);

const badPeople: [string, () => Response][] = [
	["fails", () => new Response(null, { status: 500 })],
	["is another server's", () => Response.json({ user: { id: "ada", email: "" }, workspaces: [] })],
	["has no place", () => Response.json({ user: { id: "ada", email: "" }, workspaces: [], session: {} })],
];

test.each(badPeople)("a sign-in whose person %s says so, and leaves no session at the server", async (_, answer) => {
	const { server, session } = await aDevice();
	server.people.wrongAnswers.set(fullUser, answer);
	const outcome = await session.signIn();
	expect(outcome).toMatchObject({ kind: "failed", message: expect.stringContaining("The server") });
	expect(server.revoked).toHaveLength(1);
	expect(await readStoredSession()).toBeUndefined();
});

test("ID-8: a sign-in that fails over somebody else's leaves neither's tokens, here or at the server", async () => {
	const { server, session, keeping } = await aDevice();
	await session.signIn();
	await tokenOf(session);
	const { refreshToken } = await storedSession();
	server.person = { id: crypto.randomUUID(), email: "ben@example.com" };
	keeping.putAwayOthers = () => Promise.reject(new Error("The disk is full."));
	expect(await session.signIn().catch((error: unknown) => error)).toMatchObject({ message: "The disk is full." });
	expect(await account.getValue()).toBeNull();
	expect(await readStoredSession()).toBeUndefined();
	expect(await accessTokens.getValue()).toBeNull();
	expect(server.revoked).toContain(refreshToken);
	expect(server.revoked).toHaveLength(2);
});

test("one's own sign-in that fails over a session leaves that session as it was", async () => {
	const { server, session, keeping } = await aDevice();
	await session.signIn();
	const { refreshToken } = await storedSession();
	keeping.putAwayOthers = () => Promise.reject(new Error("The disk is full."));
	await session.signIn().catch(() => undefined);
	expect(server.revoked).not.toContain(refreshToken);
	expect((await storedSession()).refreshToken).toBe(refreshToken);
	expect(server.holder(await tokenOf(session))?.email).toBe("ada@example.com");
});

test("ACC-5: what a guest chose stays at the sign-in", async () => {
	const { session } = await aDevice();
	await theme.setValue("dark");
	await menu.setValue("hidden");
	await session.tidy();
	await session.signIn();
	expect([await theme.getValue(), await menu.getValue()]).toEqual(["dark", "hidden"]);
});

test.each(["the next start", "the next sign-in"])(
	"ID-8: what a sign-out that was cut off left to be seen goes at %s",
	async (when) => {
		const { server, session, start } = await aDevice();
		await session.signIn();
		await targets.setValue([testTarget()]);
		await selectedTargetId.setValue("t");
		await movedCaptures.setValue({ userId: "ada", count: 1 });
		await unopenedParcels.setValue(1);
		await lastTargets.setValue({ w: "t" });
		await theme.setValue("dark");
		await syncedSettings.setValue({ theme: "dark" });
		// The worker was stopped after the account was gone and before anything else.
		await account.setValue(null);
		server.person = { id: crypto.randomUUID(), email: "ben@example.com" };
		await (when === "the next start" ? start().tidy() : start().signIn());
		const seen = [targets, selectedTargetId, movedCaptures, unopenedParcels, lastTargets, syncedSettings, theme];
		const values = await Promise.all(seen.map((item) => item.getValue()));
		expect(values).toEqual([[], null, null, null, {}, null, "system"]);
	},
);
