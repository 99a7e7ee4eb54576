import { describe, expect, test } from "bun:test";
import type { OutboxDatabase } from "./database.ts";
import { type OpenOutbox, type OutboxOwner, openOutbox } from "./outbox.ts";
import { closeToWriters, isClosedToWriters, putAway, takeOut } from "./seal.ts";
import { aCapture, allEntries, home, takeHome } from "./test-outbox.ts";
import { Stopped, StoppedDatabase } from "./test-stopped-database.ts";
import { everythingInIndexedDb } from "./test-stored-bytes.ts";

/** Whether it is anywhere; without printing every byte when it is. */
const isReadable = async (canary: string) => (await everythingInIndexedDb()).includes(canary);

function aKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** One person's outbox with something in every state that has an operation, and something that has none. */
async function aPerson(records = 3) {
	const owner: OutboxOwner = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID(), workspaceId: home };
	const outbox = await openOutbox(owner);
	// Its own in each test: the databases of the others are there too.
	const canary = `canary-${crypto.randomUUID()}`;
	const first = await outbox.save(aCapture(`${canary} 0`, { image: `https://example.com/${canary}.png` }));
	for (let made = 1; made < records; made += 1) await outbox.save(aCapture(`${canary} ${made}`));
	// Sent once and removed since: only its operation still carries it.
	const removed = await outbox.save(aCapture(`${canary} removed`));
	await takeHome(outbox.database);
	await outbox.remove(removed.id);
	await outbox.edit(first.id, { kind: "article" });
	return { owner, outbox, canary, key: await aKey() };
}

const contentOf = async (outbox: OpenOutbox) => ({
	records: await outbox.all(),
	entries: await allEntries(outbox.database),
});

async function seal(database: OutboxDatabase, key: CryptoKey): Promise<void> {
	await closeToWriters(database);
	await putAway(database, async () => ({ key, sealedWith: "server" }));
}

describe("ID-8: what is put away", () => {
	test("cannot be read in any byte of any database, and comes back exactly as it was", async () => {
		const { outbox, canary, key } = await aPerson(120);
		const before = await contentOf(outbox);
		expect(await isReadable(canary)).toBe(true);
		await seal(outbox.database, key);
		expect(await isReadable(canary)).toBe(false);
		expect(await contentOf(outbox)).toEqual({ records: [], entries: [] });
		expect(await takeOut(outbox.database, { server: key, device: null })).toBe(0);
		expect(await contentOf(outbox)).toEqual(before);
		expect(await outbox.counts()).toEqual({ waiting: 120, needsYou: 0 });
		outbox.close();
	});

	test("is closed to every context: who saves now is told so, and nothing of it is written", async () => {
		const { owner, outbox, key } = await aPerson();
		const page = await openOutbox(owner);
		await closeToWriters(outbox.database);
		for (const late of [page, outbox]) {
			const failure = await late.save(aCapture("late")).catch((error: unknown) => error);
			expect(failure).toMatchObject({ code: "outbox/closed" });
		}
		await seal(outbox.database, key);
		await takeOut(outbox.database, { server: key, device: null });
		expect((await page.save(aCapture("again"))).source.title).toBe("again");
		for (const each of [page, outbox]) each.close();
	});

	test("stays closed without the key, and with another one; the outbox can be used meanwhile", async () => {
		const { outbox, key } = await aPerson();
		const before = await contentOf(outbox);
		await seal(outbox.database, key);
		expect(await takeOut(outbox.database, { server: await aKey(), device: await aKey() })).toBe(2);
		expect(await takeOut(outbox.database, { server: null, device: key })).toBe(2);
		const since = await outbox.save(aCapture("since"));
		expect(await takeOut(outbox.database, { server: key, device: null })).toBe(0);
		expect((await outbox.all()).length).toBe(before.records.length + 1);
		expect(await outbox.get(since.id)).toEqual(since);
		outbox.close();
	});

	test("opens only where it was sealed: not in another person's database", async () => {
		const [ada, ben] = [await aPerson(), await aPerson()];
		await seal(ada.outbox.database, ada.key);
		const [parcel] = await ada.outbox.database.read((tx) => tx.objectStore("parcels").getAll());
		await ben.outbox.database.write(async (tx) => parcel && tx.objectStore("parcels").put(parcel));
		expect(await takeOut(ben.outbox.database, { server: ada.key, device: null })).toBe(1);
		for (const each of [ada, ben]) each.outbox.close();
	});
});

/** Stopped at every write in turn, before and after it, until the work gets through without a stop. */
async function stoppedEverywhere(name: string, work: (database: OutboxDatabase) => Promise<unknown>): Promise<number> {
	for (let writes = 0; ; writes += 1) {
		let stops = 0;
		for (const when of ["before", "after"] as const) {
			const database = new StoppedDatabase(name, writes, when);
			const end = await work(database).catch((error: unknown) => error);
			if (end instanceof Stopped) stops += 1;
			else if (end instanceof Error) throw end;
			database.close();
		}
		if (stops === 0) return writes;
	}
}

test("ID-8, I1: a sign-out and a sign-in that are stopped at every step lose nothing and double nothing", async () => {
	const { outbox, canary, key } = await aPerson(220);
	const before = await contentOf(outbox);
	const { name } = outbox.database;
	expect(await stoppedEverywhere(name, (database) => seal(database, key))).toBeGreaterThan(1);
	expect(await isReadable(canary)).toBe(false);
	expect(await isClosedToWriters(outbox.database)).toBe(true);
	const keys = { server: key, device: null };
	expect(await stoppedEverywhere(name, (database) => takeOut(database, keys))).toBeGreaterThan(1);
	expect(await contentOf(outbox)).toEqual(before);
	expect(await isClosedToWriters(outbox.database)).toBe(false);
	outbox.close();
});

test("ID-8: a sign-in that is stopped half-way and followed by a sign-out leaves nothing readable", async () => {
	const { outbox, canary, key } = await aPerson(120);
	const before = await contentOf(outbox);
	await seal(outbox.database, key);
	const stopped = new StoppedDatabase(outbox.database.name, 1, "after");
	await takeOut(stopped, { server: key, device: null }).catch(() => undefined);
	stopped.close();
	expect(await isReadable(canary)).toBe(true);
	await seal(outbox.database, key);
	expect(await isReadable(canary)).toBe(false);
	await takeOut(outbox.database, { server: key, device: null });
	expect(await contentOf(outbox)).toEqual(before);
	outbox.close();
});

test("I3: what was on its way at the sign-out goes again under its own id after the next sign-in", async () => {
	const { outbox, key } = await aPerson();
	const sending = (await allEntries(outbox.database)).filter(({ state }) => state === "sending");
	expect(sending.length).toBeGreaterThan(0);
	await seal(outbox.database, key);
	await takeOut(outbox.database, { server: key, device: null });
	expect(await allEntries(outbox.database)).toEqual(expect.arrayContaining(sending));
	outbox.close();
});
