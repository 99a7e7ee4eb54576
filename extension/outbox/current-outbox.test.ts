import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { account, deviceId } from "../settings/items.ts";
import { testAccount, testViewer } from "../settings/test-account.ts";
import { createCurrentOutbox, saveForCurrent } from "./current-outbox.ts";
import { aCapture, present } from "./test-outbox.ts";

const ada = testAccount();
const ben = testAccount({ email: "ben@example.com" });

beforeEach(async () => {
	fakeBrowser.reset();
	await deviceId.setValue(crypto.randomUUID());
});

test("ID-8: two people and a guest on one profile never see each other's records, and find their own again", async () => {
	const current = createCurrentOutbox();
	const titlesNow = async () => (await (await current.get()).recent(10)).map(({ source }) => source.title);
	await account.setValue(ada);
	await (await current.get()).save(aCapture("ada's"));
	await account.setValue(null);
	expect(await titlesNow()).toEqual([]);
	await (await current.get()).save(aCapture("the guest's"));
	await account.setValue(ben);
	expect(await titlesNow()).toEqual([]);
	await account.setValue(ada);
	expect(await titlesNow()).toEqual(["ada's"]);
	await account.setValue(null);
	expect(await titlesNow()).toEqual(["the guest's"]);
	current.close();
});

test("ID-7: with another role a capture belongs to the workspace or to none, in the same open database", async () => {
	const current = createCurrentOutbox();
	const viewer = testViewer("Team");
	const save = async (title: string) => (await (await current.get()).save(aCapture(title))).workspaceId;
	await account.setValue(viewer);
	expect(await save("as a viewer")).toBe("");
	const { database } = await current.get();
	await account.setValue({ ...viewer, entitlements: ada.entitlements });
	expect(await save("as a member")).toBe(viewer.workspaceId ?? "");
	expect((await current.get()).database).toBe(database);
	current.close();
});

test("one database is opened for however many ask, and the last person's is let go", async () => {
	const current = createCurrentOutbox();
	await account.setValue(ada);
	const [one, two] = await Promise.all([current.get(), current.get()]);
	expect(two).toBe(one);
	await account.setValue(ben);
	await current.get();
	expect(await one.recent(1).catch((error: unknown) => error)).toMatchObject({ code: "outbox/closed" });
	current.close();
});

test("OUT-1: a capture that meets a sign-in on its way is saved for the one who is current, not lost", async () => {
	const current = createCurrentOutbox();
	await account.setValue(null);
	const guests = await current.get();
	let asked = 0;
	const get = async () => {
		asked += 1;
		if (asked > 1) return await current.get();
		await account.setValue(ada);
		await current.get();
		return guests;
	};
	const [saved] = await saveForCurrent({ get }, aCapture("mine"));
	expect(await (await current.get()).get(present(saved).id)).toEqual(saved);
	current.close();
});

test("ID-7: after a switch of the workspace the outbox is that of the other one, and a capture on its way stays of its own", async () => {
	const current = createCurrentOutbox();
	const team = { ...ada, workspaceId: crypto.randomUUID(), workspaceName: "Team" };
	await account.setValue(ada);
	const atGesture = await current.get();
	await account.setValue(team);
	const inTeam = await current.get();
	const targetId = crypto.randomUUID();
	const [late] = await saveForCurrent(current, aCapture("late", { targetId }), { atGesture });
	expect(late).toMatchObject({ workspaceId: ada.workspaceId, targetId });
	expect((await atGesture.recent(10)).map(({ id }) => id)).toEqual([present(late).id]);
	expect(await inTeam.recent(10)).toEqual([]);
	const [now] = await saveForCurrent(current, aCapture("now", { targetId }), { atGesture: inTeam });
	expect(now).toMatchObject({ workspaceId: team.workspaceId, targetId });
	await account.setValue(ben);
	const hers = { targetId, source: { url: "https://example.com/", title: "later still" } };
	await current.get();
	const [bens] = await saveForCurrent(current, aCapture("", hers), { atGesture, also: [crypto.randomUUID()] });
	expect(bens).toMatchObject({ workspaceId: ben.workspaceId, targetId: null });
	current.close();
	for (const outbox of [atGesture, inTeam]) {
		expect(await outbox.recent(1).catch((error: unknown) => error)).toMatchObject({ code: "outbox/closed" });
	}
});
