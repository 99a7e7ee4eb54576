import { expect, test } from "bun:test";
import { memoryLocks } from "../messages/test-locks.ts";
import { OutboxDatabase, type Writing } from "./database.ts";
import { moveGuestCaptures } from "./move-guest.ts";
import { type OpenOutbox, openOutbox } from "./outbox.ts";
import { aCapture, allEntries, home, takeHome } from "./test-outbox.ts";

/** One device with a guest and two people. */
async function aDevice() {
	const deviceId = crypto.randomUUID();
	const [guest, ada, ben] = await Promise.all([
		openOutbox({ userId: null, deviceId, workspaceId: null }),
		openOutbox({ userId: crypto.randomUUID(), deviceId, workspaceId: home }),
		openOutbox({ userId: crypto.randomUUID(), deviceId, workspaceId: home }),
	]);
	const close = () => [guest, ada, ben].forEach((outbox) => outbox.close());
	return { guest, ada, ben, close };
}

function move(guest: OutboxDatabase, account: OpenOutbox): Promise<number> {
	const open = (name: string) => new OutboxDatabase(name);
	return moveGuestCaptures({ guest, account: account.database, locks: memoryLocks(), open });
}

/** A worker that is stopped when it is about to make its nth write, as seen by the guest's database. */
class StoppedDatabase extends OutboxDatabase {
	#left: number;

	constructor(name: string, writes: number) {
		super(name);
		this.#left = writes;
	}

	override async write<T>(work: (transaction: Writing) => Promise<T>): Promise<T> {
		if (this.#left === 0) throw new Error("The worker was stopped.");
		this.#left -= 1;
		return await super.write(work);
	}
}

const titles = async (outbox: OpenOutbox) => (await outbox.recent(10)).map(({ source }) => source.title).toSorted();

test("ID-8: at sign-in the guest's captures become the account's, under the same ids, and the guest is emptied", async () => {
	const { guest, ada, close } = await aDevice();
	const one = await guest.save(aCapture("one"));
	await guest.save(aCapture("two"));
	expect(await move(guest.database, ada)).toBe(2);
	expect(await ada.get(one.id)).toEqual(one);
	expect(await titles(ada)).toEqual(["one", "two"]);
	expect((await takeHome(ada.database)).batch.length).toBe(2);
	expect(await guest.recent(10)).toEqual([]);
	expect(await allEntries(guest.database)).toEqual([]);
	expect(await move(guest.database, ada)).toBe(0);
	close();
});

for (const [writes, when] of [
	[0, "before the claim"],
	[1, "after the copy, before the guest was emptied"],
] as const) {
	test(`ID-8: stopped ${when}: the next start moves everything once`, async () => {
		const { guest, ada, close } = await aDevice();
		await guest.save(aCapture("one"));
		const stopped = new StoppedDatabase(guest.database.name, writes);
		const failure = await move(stopped, ada).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(Error);
		stopped.close();
		await move(guest.database, ada);
		expect(await titles(ada)).toEqual(["one"]);
		expect(await allEntries(ada.database)).toHaveLength(1);
		expect(await guest.recent(10)).toEqual([]);
		close();
	});
}

test("ID-8: a move that was cut off does not bring back what the person removed since", async () => {
	const { guest, ada, close } = await aDevice();
	const record = await guest.save(aCapture("one"));
	const stopped = new StoppedDatabase(guest.database.name, 1);
	await move(stopped, ada).catch(() => undefined);
	stopped.close();
	await ada.remove(record.id);
	await move(guest.database, ada);
	expect(await ada.recent(10)).toEqual([]);
	expect(await guest.recent(10)).toEqual([]);
	close();
});

test("ID-8: two people on one profile: a move that was cut off still goes to the first one only", async () => {
	const { guest, ada, ben, close } = await aDevice();
	await guest.save(aCapture("ada's"));
	const stopped = new StoppedDatabase(guest.database.name, 1);
	await move(stopped, ada).catch(() => undefined);
	stopped.close();
	await guest.save(aCapture("ben's"));
	await move(guest.database, ben);
	expect(await titles(ada)).toEqual(["ada's"]);
	expect(await titles(ben)).toEqual(["ben's"]);
	expect(await guest.recent(10)).toEqual([]);
	close();
});

test("an edit made in a page that was still open as a guest is moved too, as a newer version", async () => {
	const { guest, ada, close } = await aDevice();
	const record = await guest.save(aCapture("one"));
	const stopped = new StoppedDatabase(guest.database.name, 1);
	await move(stopped, ada).catch(() => undefined);
	stopped.close();
	await guest.edit(record.id, { kind: "article" });
	await move(guest.database, ada);
	expect(await ada.get(record.id)).toMatchObject({ kind: "article", version: 3 });
	expect(await allEntries(ada.database)).toHaveLength(1);
	expect(await guest.recent(10)).toEqual([]);
	close();
});
