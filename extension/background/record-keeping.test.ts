import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { RecipeSettings } from "../../backend/contract/recipes.ts";
import { deleteSealKey, readSealKeys, writeSealKey } from "../api/session-database.ts";
import { aDevice, emptyDevice } from "../api/test-device.ts";
import type { TestPerson } from "../api/test-people.ts";
import { openRing } from "../diagnostics/ring-database.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { createCurrentOutbox, saveForCurrent } from "../outbox/current-outbox.ts";
import { OutboxDatabase } from "../outbox/database.ts";
import { moveGuestCaptures } from "../outbox/move-guest.ts";
import { outboxName } from "../outbox/outbox.ts";
import { aCapture } from "../outbox/test-outbox.ts";
import { Stopped, StoppedDatabase } from "../outbox/test-stopped-database.ts";
import { everythingInIndexedDb } from "../outbox/test-stored-bytes.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account, targets } from "../settings/items.ts";
import { giveBackRecipes, keepRecipe, unsentRecipes } from "../settings/recipes.ts";
import { sendDiagnosticsOf, sendsDiagnostics } from "../settings/send-diagnostics.ts";
import { testTarget } from "../ui/test-target.ts";
import { createRecordKeeping } from "./record-keeping.ts";

beforeEach(emptyDevice);

/** A browser profile with the real keeping of records, and the outbox that pages would have open. */
async function aProfile() {
	const locks = memoryLocks();
	await readDeviceId(locks);
	const records = createRecordKeeping({ locks, lastFlush: async () => undefined });
	const device = await aDevice({ records });
	const ada = device.server.person as TestPerson;
	const ben = { id: crypto.randomUUID(), email: "ben@example.com" };
	const outbox = createCurrentOutbox();
	const signIn = async (person: TestPerson) => {
		device.server.person = person;
		return await device.session.signIn();
	};
	const save = async (text: string) => await (await outbox.get()).save(aCapture(text));
	const titles = async () => (await (await outbox.get()).recent(10)).map(({ source }) => source.title).toSorted();
	return { ...device, ada, ben, outbox, signIn, save, titles };
}

const aRecipe = (name: string): RecipeSettings => ({
	name,
	host: "shop.example",
	path: "/p/*",
	kind: "product",
	fields: [{ name: "price", type: "currency", selectors: [".price"] }],
});

/** Every byte of every database and every value in extension storage. */
async function everythingStored(): Promise<string> {
	const { local, session, sync } = fakeBrowser.storage;
	const storage = await Promise.all([local.get(), session.get(), sync.get()]);
	return `${await everythingInIndexedDb()} ${JSON.stringify(storage)}`;
}

test("ID-8: after a sign-out nothing of the account is in any byte of IndexedDB or storage", async () => {
	const { ada, session, signIn, save } = await aProfile();
	const canary = `canary-${crypto.randomUUID()}`;
	await signIn({ ...ada, email: `${canary}@example.com` });
	await save(`${canary} captured`);
	await targets.setValue([testTarget({ name: canary })]);
	await keepRecipe(memoryLocks(), { id: crypto.randomUUID(), recipe: aRecipe(canary) });
	expect((await everythingStored()).includes(canary)).toBe(true);
	await session.signOut();
	expect((await everythingStored()).includes(canary)).toBe(false);
	expect((await readSealKeys(ada.id)).server).toBeNull();
});

test("ID-8, OBS-3: at a sign-out a person's notes go, also under an open page, and what let them be sent; coming back is off again", async () => {
	const { ada, session, signIn } = await aProfile();
	await signIn(ada);
	const owner = { userId: ada.id, deviceId: await readDeviceId() };
	const page = await openRing(owner);
	await page.append([{ at: 1, level: "info", context: "options", event: "feed.live", attributes: {} }]);
	await sendDiagnosticsOf.setValue(ada.id);
	expect(await sendsDiagnostics()).toBe(ada.id);
	await session.signOut();
	expect((await indexedDB.databases()).filter(({ name }) => name?.includes(`diagnostics_${ada.id}`))).toEqual([]);
	expect(await sendsDiagnostics()).toBeNull();
	await signIn(ada);
	expect(await sendsDiagnostics()).toBeNull();
	const back = await openRing(owner);
	expect(await back.all()).toEqual([]);
	for (const ring of [page, back]) ring.close();
});

test("ID-8: recipes that were not sent are sealed at a sign-out, and there again for their person alone", async () => {
	const { ada, ben, session, signIn } = await aProfile();
	const locks = memoryLocks();
	const [hers, guests] = [crypto.randomUUID(), crypto.randomUUID()];
	await keepRecipe(locks, { id: guests, recipe: aRecipe("a guest's") });
	await signIn(ada);
	await keepRecipe(locks, { id: hers, recipe: aRecipe("hers") });
	const before = await unsentRecipes.getValue();
	await session.signOut();
	expect((await unsentRecipes.getValue()).map(({ id }) => id)).toEqual([guests]);
	await signIn(ben);
	expect((await unsentRecipes.getValue()).map(({ id }) => id)).toEqual([guests]);
	await session.signOut();
	await signIn(ada);
	expect(await unsentRecipes.getValue()).toEqual(before);
	// Cut off between the sealing and the taking away, it would be there twice.
	await giveBackRecipes(locks, before);
	expect(await unsentRecipes.getValue()).toEqual(before);
});

test("ID-8: two people and a guest on one profile never meet: A signs out, B signs in and captures, A again", async () => {
	const { ada, ben, session, signIn, save, titles } = await aProfile();
	await signIn(ada);
	await save("ada's");
	await session.signOut();
	expect(await titles()).toEqual([]);
	await save("the guest's");
	await session.signOut();
	await signIn(ben);
	expect(await titles()).toEqual([]);
	await save("ben's");
	// Without a sign-out of his: hers is her own at once, and his is put away.
	expect(await signIn(ada)).toMatchObject({ kind: "signed-in", unopened: 0 });
	expect(await titles()).toEqual(["ada's"]);
	const stored = await everythingStored();
	expect(stored.includes("ben's")).toBe(false);
	expect(stored.includes("ada's")).toBe(true);
	await save("ada's second");
	await session.signOut();
	expect(await titles()).toEqual(["the guest's"]);
	await signIn(ben);
	expect(await titles()).toEqual(["ben's"]);
	await session.signOut();
	await signIn(ada);
	expect(await titles()).toEqual(["ada's", "ada's second"]);
});

test("ID-8: a page that still has the account's outbox open can neither read it nor write to it", async () => {
	const { ada, session, signIn, save } = await aProfile();
	await signIn(ada);
	await save("ada's");
	const page = createCurrentOutbox();
	const open = await page.get();
	await session.signOut();
	expect(await open.recent(10)).toEqual([]);
	expect(await open.save(aCapture("late")).catch((error: unknown) => error)).toMatchObject({ code: "outbox/closed" });
	page.close();
});

test("ID-8: a sign-out that was stopped is finished at the next start, as often as it takes", async () => {
	const { ada, start, session, signIn, save, titles } = await aProfile();
	const canary = `canary-${crypto.randomUUID()}`;
	await signIn(ada);
	await save(canary);
	// The worker was stopped after the account was gone and before anything else.
	await account.setValue(null);
	await start().tidy();
	await start().tidy();
	expect((await everythingStored()).includes(canary)).toBe(false);
	await signIn(ada);
	expect(await titles()).toEqual([canary]);
	await start().tidy();
	expect(await titles()).toEqual([canary]);
	await session.signOut();
});

test("ID-8: what an older version left open is sealed with a key of this device, and opened by its person's next sign-in", async () => {
	const { ada, start, signIn, save, titles } = await aProfile();
	const canary = `canary-${crypto.randomUUID()}`;
	await signIn(ada);
	await save(canary);
	await deleteSealKey(ada.id, "server");
	await account.setValue(null);
	await start().tidy();
	expect((await everythingStored()).includes(canary)).toBe(false);
	expect((await readSealKeys(ada.id)).device).not.toBeNull();
	expect(await signIn(ada)).toMatchObject({ unopened: 0 });
	expect(await titles()).toEqual([canary]);
	expect((await readSealKeys(ada.id)).device).toBeNull();
});

test("I1: with another key than the server's the sealed records are kept, and the person is told how many parcels", async () => {
	const { ada, session, signIn, save, titles } = await aProfile();
	await signIn(ada);
	await save("sealed");
	const other = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
	await writeSealKey(ada.id, "server", other);
	await session.signOut();
	expect(await signIn(ada)).toMatchObject({ kind: "signed-in", unopened: 1 });
	expect(await titles()).toEqual([]);
	await save("after");
	expect(await titles()).toEqual(["after"]);
	await session.signOut();
	expect(await signIn(ada)).toMatchObject({ unopened: 1 });
	expect(await titles()).toEqual(["after"]);
});

test("SEC-4: a deleted account leaves no database behind", async () => {
	const { ada, session, signIn, save } = await aProfile();
	await signIn(ada);
	await save("mine");
	const name = outboxName({ userId: ada.id, deviceId: await readDeviceId() });
	expect((await indexedDB.databases()).map((one) => one.name)).toContain(name);
	expect(await session.deleteAccount(ada.email)).toMatchObject({ kind: "deleted" });
	expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(name);
});

test("SEC-4: a page that is still open brings no database of a deleted account back, and its next capture is a guest's", async () => {
	const { ada, session, signIn, titles } = await aProfile();
	await signIn(ada);
	const page = createCurrentOutbox();
	const atGesture = await page.get();
	expect(await session.deleteAccount(ada.email)).toMatchObject({ kind: "deleted" });
	expect(await atGesture.recent(1).catch((error: unknown) => error)).toMatchObject({ code: "outbox/closed" });
	await saveForCurrent(page, aCapture("late"), { atGesture });
	expect(await titles()).toEqual(["late"]);
	expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(atGesture.database.name);
	page.close();
});

test("SEC-4: what was being moved into a deleted account is deleted with it, and what came later is not held up", async () => {
	const { ada, ben, session, signIn, save, titles } = await aProfile();
	await save("promised to ada");
	await signIn(ada);
	const deviceId = await readDeviceId();
	const name = outboxName({ userId: ada.id, deviceId });
	const move = async (guest: OutboxDatabase, accountName: string) => {
		const receiver = new OutboxDatabase(accountName);
		const open = (other: string) => new OutboxDatabase(other);
		await moveGuestCaptures({ guest, account: receiver, locks: memoryLocks(), open, atServer: async () => [] }).catch(
			(error: unknown) => {
				if (!(error instanceof Stopped)) throw error;
			},
		);
		for (const each of [guest, receiver]) each.close();
	};
	const guestName = outboxName({ userId: null, deviceId });
	await move(new StoppedDatabase(guestName, 1), name);
	await session.deleteAccount(ada.email);
	expect(await titles()).toEqual([]);
	await save("the guest's");
	await signIn(ben);
	await move(new OutboxDatabase(guestName), outboxName({ userId: ben.id, deviceId }));
	expect(await titles()).toEqual(["the guest's"]);
	expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(name);
});

test("ID-8: a move of guest captures that was cut off is finished before its account is sealed", async () => {
	const { ada, ben, session, signIn, save, titles } = await aProfile();
	await save("the guest's");
	await signIn(ada);
	const deviceId = await readDeviceId();
	const guest = new StoppedDatabase(outboxName({ userId: null, deviceId }), 1);
	const hers = new OutboxDatabase(outboxName({ userId: ada.id, deviceId }));
	const open = (name: string) => new OutboxDatabase(name);
	await moveGuestCaptures({ guest, account: hers, locks: memoryLocks(), open, atServer: async () => [] }).catch(
		(error: unknown) => {
			if (!(error instanceof Stopped)) throw error;
		},
	);
	for (const each of [guest, hers]) each.close();
	await session.signOut();
	expect(await titles()).toEqual([]);
	await signIn(ben);
	expect(await titles()).toEqual([]);
	await signIn(ada);
	expect(await titles()).toEqual(["the guest's"]);
});
