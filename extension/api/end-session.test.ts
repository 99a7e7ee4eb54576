import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { storage } from "wxt/utils/storage";
import { bulkNote, noteProgress } from "../settings/bulk-note.ts";
import { account } from "../settings/items.ts";
import { picks } from "../settings/picks.ts";
import { aDevice, emptyDevice } from "./test-device.ts";

beforeEach(emptyDevice);

const guestsPlace = { userId: null, workspaceId: null };
const begin = async (whose: { userId: string | null; workspaceId: string | null }): Promise<void> => {
	const who = whose.userId === null ? "guest" : `${whose.userId}:${whose.workspaceId}`;
	const going = { token: "t", recipeId: "r", hosts: null, place: whose };
	await storage.setItem(`session:draft/${who}/1/d1/https://a.test/`, { typed: [] });
	await picks.setValue({ ...(await picks.getValue()), [whose.userId ?? "guest"]: going });
	await bulkNote.setValue({ userId: whose.userId, title: "List", saved: 1, total: 9 });
};
const drafts = async () =>
	Object.keys(await storage.snapshot("session"))
		.filter((key) => key.startsWith("draft/"))
		.map((key) => key.split("/")[1]);

test("ID-8: at sign-out what was going on in tabs ends first, and what was half done goes", async () => {
	const ended: boolean[] = [];
	const { session } = await aDevice({ endWork: async () => void ended.push((await account.getValue()) !== null) });
	await session.signIn();
	const { userId = "", workspaceId = "" } = (await account.getValue()) ?? {};
	ended.length = 0;
	await begin(guestsPlace);
	await begin({ userId, workspaceId });
	await session.signOut();
	expect(ended).toEqual([true]);
	expect(await drafts()).toEqual(["guest"]);
	expect(Object.keys(await picks.getValue())).toEqual(["guest"]);
	expect(await bulkNote.getValue()).toBeNull();
});

test("ID-8: rows that are still being saved at a sign-out leave no note of it behind; a guest's do", async () => {
	const { session } = await aDevice({ endWork: async () => undefined });
	await session.signIn();
	const { userId = "" } = (await account.getValue()) ?? {};
	const going = { title: "List", saved: 1, total: 9 };
	await noteProgress({ ...going, userId });
	expect(await bulkNote.getValue()).toMatchObject({ userId, saved: 1 });
	await session.signOut();
	await noteProgress({ ...going, userId, saved: 2 });
	expect(await bulkNote.getValue()).toBeNull();
	await noteProgress({ ...going, userId: null });
	expect(await bulkNote.getValue()).toMatchObject({ userId: null });
});

test("ID-8: work that cannot be ended keeps nobody signed in", async () => {
	const { session } = await aDevice({ endWork: () => Promise.reject(new Error("The disk is full.")) });
	await session.signIn();
	await session.signOut();
	expect(await account.getValue()).toBeNull();
});

test("ID-8: what a guest has half done is left alone by a start and by a sign-in; a sign-out that was cut off is finished", async () => {
	const ended: string[] = [];
	const { session } = await aDevice({ endWork: async () => void ended.push("ended") });
	await begin({ userId: "gone", workspaceId: "w" });
	await begin(guestsPlace);
	await session.tidy();
	await session.signIn();
	expect(ended).toEqual([]);
	expect(await drafts()).toEqual(["guest"]);
	expect(Object.keys(await picks.getValue())).toEqual(["guest"]);
	expect(await bulkNote.getValue()).toMatchObject({ userId: null });
});
