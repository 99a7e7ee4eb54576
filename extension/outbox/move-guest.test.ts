import { expect, test } from "bun:test";
import type { RecordView } from "../../backend/contract/records.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { OutboxDatabase } from "./database.ts";
import { endMoves, type MoveDeps, moveGuestCaptures } from "./move-guest.ts";
import { type OpenOutbox, openOutbox } from "./outbox.ts";
import { closeToWriters } from "./seal.ts";
import { ModelBackend } from "./test-backend.ts";
import { flush } from "./test-flush.ts";
import { aCapture, allEntries, home, takeHome } from "./test-outbox.ts";
import { Stopped, StoppedDatabase } from "./test-stopped-database.ts";
import type { LocalRecord } from "./types.ts";

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

const atServer: MoveDeps["atServer"] = async () => [];

function move(guest: OutboxDatabase, account: OpenOutbox, known = atServer): Promise<number> {
	const open = (name: string) => new OutboxDatabase(name);
	return moveGuestCaptures({ guest, account: account.database, locks: memoryLocks(), open, atServer: known });
}

const onlyStopped = (error: unknown) => {
	if (!(error instanceof Stopped)) throw error;
};

async function send(outbox: OpenOutbox, backend: ModelBackend): Promise<void> {
	await flush(outbox, { writeBatch: async (operations) => backend.commit(operations) });
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

test("ID-8: stopped before and after every write, in either database: everything is moved once, and sent once", async () => {
	// The claim, the emptying of the guest; the copy, the end of the marker. One more of each is never reached.
	for (const [inGuest, inAccount] of [0, 1, 2].flatMap((writes) => [[writes, 99] as const, [99, writes] as const])) {
		for (const when of ["before", "after"] as const) {
			const { guest, ada, close } = await aDevice();
			const saved = [await guest.save(aCapture("one")), await guest.save(aCapture("two"))];
			await guest.edit(saved[0]?.id ?? "", { kind: "article" });
			const stoppedGuest = new StoppedDatabase(guest.database.name, inGuest, when);
			const stoppedAccount = new StoppedDatabase(ada.database.name, inAccount, when);
			const open = (name: string) => new OutboxDatabase(name);
			const locks = memoryLocks();
			await moveGuestCaptures({ guest: stoppedGuest, account: stoppedAccount, locks, open, atServer }).catch(
				onlyStopped,
			);
			stoppedGuest.close();
			stoppedAccount.close();
			const backend = new ModelBackend();
			// Sent in between: a repeated move must not send it again as something new.
			await send(ada, backend);
			await move(guest.database, ada);
			await send(ada, backend);
			expect(await titles(ada)).toEqual(["one", "two"]);
			expect(await guest.recent(10)).toEqual([]);
			expect(await allEntries(guest.database)).toEqual([]);
			expect(backend.arrivals.map(({ recordId }) => recordId).toSorted()).toEqual(saved.map(({ id }) => id).toSorted());
			close();
		}
	}
});

test("ID-8: two contexts that move at once move everything once", async () => {
	const { guest, ada, close } = await aDevice();
	for (const name of ["one", "two", "three"]) await guest.save(aCapture(name));
	const [locks, open] = [memoryLocks(), (name: string) => new OutboxDatabase(name)];
	const contexts = [1, 2].map(() => ({ guest: open(guest.database.name), account: open(ada.database.name) }));
	const moved = await Promise.all(contexts.map((context) => moveGuestCaptures({ ...context, locks, open, atServer })));
	expect(moved.toSorted((a, b) => a - b)).toEqual([0, 3]);
	const backend = new ModelBackend();
	await send(ada, backend);
	expect(backend.arrivals).toHaveLength(3);
	expect(await guest.recent(10)).toEqual([]);
	for (const context of contexts) for (const database of Object.values(context)) database.close();
	close();
});

test("ID-8: a sign-out in the middle of a move finishes it first, and no move begins after it", async () => {
	const { guest, ada, close } = await aDevice();
	await guest.save(aCapture("promised"));
	const stopped = new StoppedDatabase(guest.database.name, 1);
	await move(stopped, ada).catch(onlyStopped);
	stopped.close();
	await guest.save(aCapture("later"));
	const both = { guest: guest.database, account: ada.database, locks: memoryLocks() };
	await endMoves(both, () => closeToWriters(ada.database));
	expect(await titles(ada)).toEqual(["promised"]);
	expect(await titles(guest)).toEqual(["later"]);
	expect(await move(guest.database, ada)).toBe(0);
	expect(await titles(guest)).toEqual(["later"]);
	// Once closed, a repetition leaves what is put away alone.
	await endMoves(both, () => closeToWriters(ada.database));
	close();
});

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

test("I2: such an edit of a record that has been sent since goes to where the record is, and to no second workspace", async () => {
	const { guest, ada, close } = await aDevice();
	const record = await guest.save(aCapture("one"));
	const stopped = new StoppedDatabase(guest.database.name, 1);
	await move(stopped, ada).catch(onlyStopped);
	stopped.close();
	const targetId = crypto.randomUUID();
	await ada.edit(record.id, { targetId });
	await send(ada, new ModelBackend());
	await guest.edit(record.id, { kind: "article" });
	await move(guest.database, ada);
	expect(await ada.get(record.id)).toMatchObject({ kind: "article", workspaceId: home, targetId });
	expect((await allEntries(ada.database)).map(({ workspaceId }) => workspaceId)).toEqual([home]);
	close();
});

/** The record as the server shows it: of a later version, in a table, its fields in another order. */
function viewOf({ id, kind, source, fields }: LocalRecord): RecordView {
	const there = Object.fromEntries(Object.entries(fields).toReversed());
	return { id, kind, source, fields: there, version: 7, targetId: table } as unknown as RecordView;
}

const table = crypto.randomUUID();

test("ID-8: what a guest brought in from the account's file stays at the server as it is there", async () => {
	const { guest, ada, close } = await aDevice();
	const [known, edited, own] = [aCapture("known"), aCapture("edited"), aCapture("own")];
	const saved = [await guest.save(known), await guest.save(edited), await guest.save(own)];
	const there = saved.slice(0, 2).map(viewOf);
	await guest.edit(saved[1]?.id ?? "", { kind: "article" });
	const asked: string[][] = [];
	const moved = await move(guest.database, ada, async (ids) => {
		asked.push([...ids]);
		return there.filter(({ id }) => ids.includes(id));
	});
	expect(moved).toBe(3);
	expect(asked.flat().toSorted()).toEqual(saved.map(({ id }) => id).toSorted());
	expect(await titles(ada)).toEqual(["edited", "own"]);
	// A newer version of what is there, in its table, and not a record without one.
	expect(await ada.get(saved[1]?.id ?? "")).toMatchObject({ kind: "article", version: 8, targetId: table });
	expect(await guest.recent(10)).toEqual([]);
	close();
});

test("ID-8: where the server cannot be asked everything stays the guest's until it can", async () => {
	const { guest, ada, close } = await aDevice();
	await guest.save(aCapture("one"));
	const away = () => Promise.reject(new Error("away"));
	await expect(move(guest.database, ada, away)).rejects.toThrow("away");
	expect(await titles(guest)).toEqual(["one"]);
	expect(await move(guest.database, ada)).toBe(1);
	expect(await titles(ada)).toEqual(["one"]);
	close();
});
