import "../messages/test-browser.ts";
import { beforeEach, describe, expect, test } from "bun:test";
import { chooseTarget } from "../settings/choose-target.ts";
import { account, lastTargets, menu, selectedTargetId, serverUrl, syncedSettings, theme } from "../settings/items.ts";
import { flatten, mergeSettings, patchBetween } from "../settings/synced-settings.ts";
import { syncSettings } from "./sync-settings.ts";
import { aDevice, emptyDevice } from "./test-device.ts";
import type { TestPerson } from "./test-people.ts";

beforeEach(emptyDevice);

async function ada() {
	const device = await aDevice();
	const person = device.server.person as TestPerson;
	await device.session.signIn();
	const atServer = () => device.server.people.settings.get(person.id) ?? {};
	const sets = (settings: Record<string, unknown>) => device.server.people.settings.set(person.id, settings);
	const sync = () => syncSettings((userId) => device.session.client({ userId }), device.locks);
	return { ...device, atServer, sets, sync };
}

describe("ACC-5: settings", () => {
	test("come with the person to a new device; what a guest chose there gives way to what they chose before", async () => {
		const { sets, sync, atServer } = await ada();
		sets({ theme: "dark", lastTargets: { w: "t" }, somethingNewer: 1 });
		await theme.setValue("light");
		await menu.setValue("hidden");
		await sync();
		expect(await theme.getValue()).toBe("dark");
		expect(await lastTargets.getValue()).toEqual({ w: "t" });
		expect(await menu.getValue()).toBe("hidden");
		expect(atServer()).toEqual({ theme: "dark", lastTargets: { w: "t" }, somethingNewer: 1, menu: "hidden" });
	});

	test("go to the server as changes only, and a setting set back to its default is taken away there", async () => {
		const { sync, atServer } = await ada();
		await theme.setValue("dark");
		await sync();
		expect(atServer()).toEqual({ theme: "dark" });
		await theme.setValue("system");
		await sync();
		expect(atServer()).toEqual({});
	});

	test("two devices that change different things both keep their change; of one thing this later change counts", async () => {
		const { sets, sync, atServer } = await ada();
		sets({ theme: "dark", lastTargets: { one: "a", two: "b" } });
		await sync();
		sets({ theme: "light", lastTargets: { one: "a", two: "c" } });
		await lastTargets.setValue({ one: "z", two: "b" });
		await menu.setValue("hidden");
		await sync();
		const both = { theme: "light", menu: "hidden", lastTargets: { one: "z", two: "c" } };
		expect(atServer()).toEqual(both);
		expect(await theme.getValue()).toBe("light");
		expect(await lastTargets.getValue()).toEqual(both.lastTargets);
	});

	test("without a network what is chosen counts here, and is sent the next time", async () => {
		const { server, sync, atServer } = await ada();
		await sync();
		server.offline = true;
		await theme.setValue("dark");
		expect(await sync().catch((error: unknown) => error)).toMatchObject({ code: "client/unreachable" });
		expect(await theme.getValue()).toBe("dark");
		server.offline = false;
		await sync();
		expect(atServer()).toEqual({ theme: "dark" });
	});

	test("ID-8: a sign-out leaves the defaults, and nothing of it reaches the next person or the server", async () => {
		const { server, session, sync, atServer } = await ada();
		await theme.setValue("dark");
		await menu.setValue("hidden");
		await chooseTarget("t");
		await sync();
		await session.signOut();
		expect([await theme.getValue(), await menu.getValue()]).toEqual(["system", "shown"]);
		expect(await lastTargets.getValue()).toEqual({});
		expect(await syncedSettings.getValue()).toBeNull();
		expect(atServer()).toMatchObject({ theme: "dark", menu: "hidden" });
		server.person = { id: crypto.randomUUID(), email: "ben@example.com" };
		await session.signIn();
		await sync();
		expect(server.people.settings.get(server.person.id)).toBeUndefined();
	});

	test("ID-8: an answer that comes after the sign-out is dropped", async () => {
		const { sets, session, locks } = await ada();
		sets({ theme: "dark" });
		const client = session.client();
		const late = {
			...client,
			settings: async () => {
				const answer = await client.settings();
				await session.signOut();
				return answer;
			},
		};
		await syncSettings(() => late, locks);
		expect(await account.getValue()).toBeNull();
		expect(await theme.getValue()).toBe("system");
	});

	test("ID-8: what one person chose is never sent for the next, who signs in between the question and the patch", async () => {
		const { server, session, locks } = await ada();
		await theme.setValue("dark");
		const ben = { id: crypto.randomUUID(), email: "ben@example.com" };
		const clientOf = (userId: string) => {
			const client = session.client({ userId });
			const changeSettings: typeof client.changeSettings = async (patch) => {
				server.person = ben;
				await session.signIn();
				return await client.changeSettings(patch);
			};
			return { ...client, changeSettings };
		};
		const outcome = await syncSettings(clientOf, locks).catch((error: unknown) => error);
		expect(outcome).toMatchObject({ code: "client/signed-out" });
		expect(server.people.settings.get(ben.id)).toBeUndefined();
		expect(await theme.getValue()).toBe("system");
	});

	test("the last target of the workspace is chosen on a new device too, and a choice made there stays", async () => {
		const { sets, sync } = await ada();
		const workspaceId = (await account.getValue())?.workspaceId ?? "";
		sets({ lastTargets: { [workspaceId]: "t", elsewhere: "u" } });
		await sync();
		expect(await selectedTargetId.getValue()).toBe("t");
		sets({ lastTargets: { [workspaceId]: "v" } });
		await sync();
		expect(await selectedTargetId.getValue()).toBe("t");
	});

	test("the server's address is none of them", async () => {
		const { sync, atServer } = await ada();
		const address = await serverUrl.getValue();
		await sync();
		expect(JSON.stringify(atServer())).not.toContain(address);
		expect([...flatten({ serverUrl: "https://evil.example" })]).toEqual([]);
	});
});

test("a value that this version does not know counts as not set", () => {
	expect([...flatten({ theme: "sepia", menu: 1, lastTargets: { w: 2, v: "t" } })]).toEqual([["lastTargets/v", "t"]]);
	expect([...flatten({ lastTargets: "none" })]).toEqual([]);
});

test("a merge patch says only what is different", () => {
	const before = new Map([
		["theme", "dark"],
		["lastTargets/w", "t"],
	]);
	expect(patchBetween(before, before)).toBeNull();
	expect(patchBetween(before, new Map([["theme", "dark"]]))).toEqual({ lastTargets: { w: null } });
	expect(patchBetween(new Map(), before)).toEqual({ theme: "dark", lastTargets: { w: "t" } });
	expect(mergeSettings(new Map(), before, before)).toEqual(new Map());
});
