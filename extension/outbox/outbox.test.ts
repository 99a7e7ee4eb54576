import { afterEach, describe, expect, test } from "bun:test";
import { IDBObjectStore } from "fake-indexeddb";
import { OutboxDatabase, writeMark } from "./database.ts";
import { openOutbox, outboxName } from "./outbox.ts";
import { OutboxError } from "./outbox-error.ts";
import { settle } from "./queue.ts";
import { aCapture, allEntries, anOutbox, home, present, takeHome } from "./test-outbox.ts";

const put = IDBObjectStore.prototype.put;

afterEach(() => {
	IDBObjectStore.prototype.put = put;
});

/** Every write to the store fails as a full disk does. */
function fillTheDisk(storeName: string): void {
	IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
		if (this.name === storeName) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
		return put.apply(this, given);
	};
}

describe("saving", () => {
	test("OUT-1: a capture and the operation that will send it are stored together, with strict durability", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const [mark] = performance.getEntriesByName(writeMark);
		expect(mark).toMatchObject({ detail: { durability: "strict" } });
		expect(record).toMatchObject({ version: 1, state: "local", problem: null });
		const [entry, ...others] = await allEntries(outbox.database);
		expect(entry).toMatchObject({ recordId: record.id, kind: "record.put", version: 1, state: "waiting", attempts: 0 });
		expect(others).toEqual([]);
		outbox.close();
	});

	test("OUT-1: what was saved is there when another context opens the database", async () => {
		const owner = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID(), workspaceId: home };
		const first = await openOutbox(owner);
		const record = await first.save(aCapture());
		first.close();
		const second = await openOutbox(owner);
		expect(await second.get(record.id)).toEqual(record);
		second.close();
	});

	test("OUT-4: a full disk is told as such, and neither half of the new capture is kept", async () => {
		const outbox = await anOutbox();
		const before = await outbox.save(aCapture("before"));
		fillTheDisk("entries");
		const failure = await outbox.save(aCapture("after")).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(OutboxError);
		expect(failure).toMatchObject({ code: "outbox/storage-full" });
		IDBObjectStore.prototype.put = put;
		expect(await outbox.recent(10)).toEqual([before]);
		expect(await allEntries(outbox.database)).toHaveLength(1);
		outbox.close();
	});
});

describe("editing", () => {
	test("OUT-1: an edit coalesces with the unsent operation, under a new version and a new operation id", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const [before] = await allEntries(outbox.database);
		const edited = await outbox.edit(record.id, { kind: "article" });
		expect(edited).toMatchObject({ id: record.id, version: 2, kind: "article", state: "local" });
		const entries = await allEntries(outbox.database);
		expect(entries).toHaveLength(1);
		expect(entries[0]?.version).toBe(2);
		expect(entries[0]?.operationId).not.toBe(present(before).operationId);
		outbox.close();
	});

	test("I4: an edit during a request waits behind it, and the late answer does not call it sent", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const { batch } = await takeHome(outbox.database);
		const edited = await outbox.edit(record.id, { fields: {} });
		expect(edited.state).toBe("local");
		expect((await takeHome(outbox.database)).batch).toEqual([]);
		await settle(outbox.database, new Map([[present(batch[0]).operation.id, { kind: "accepted" }]]), Date.now());
		expect(await outbox.get(record.id)).toMatchObject({ version: 2, state: "local", fields: {} });
		const next = await takeHome(outbox.database);
		expect(next.batch[0]?.operation).toMatchObject({ record: { id: record.id, version: 2 } });
		outbox.close();
	});

	test("an edit of a record that is not there is refused with a code", async () => {
		const outbox = await anOutbox();
		const failure = outbox.edit(crypto.randomUUID(), {});
		expect(failure).rejects.toMatchObject({ code: "outbox/record-unknown" });
		await failure.catch(() => undefined);
		outbox.close();
	});
});

describe("removing and putting back", () => {
	test("a record the backend never saw is simply forgotten", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		await outbox.remove(record.id);
		expect(await outbox.get(record.id)).toBeUndefined();
		expect(await allEntries(outbox.database)).toEqual([]);
		outbox.close();
	});

	test("a record that may have been sent is removed at the backend too, after the request under way", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const { batch } = await takeHome(outbox.database);
		await outbox.remove(record.id);
		expect(await outbox.recent(10)).toEqual([]);
		expect((await takeHome(outbox.database)).batch).toEqual([]);
		const unanswered = { kind: "unanswered", delayMs: () => 0 } as const;
		await settle(outbox.database, new Map([[present(batch[0]).operation.id, unanswered]]), Date.now());
		const next = await takeHome(outbox.database);
		expect(next.batch.map(({ operation }) => operation)).toMatchObject([
			{ kind: "record.delete", recordId: record.id },
		]);
		outbox.close();
	});

	test("Undo puts back the same record as a newer version, at every stage of its removal", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const first = await takeHome(outbox.database);
		await settle(outbox.database, new Map([[present(first.batch[0]).operation.id, { kind: "accepted" }]]), 0);
		await outbox.remove(record.id);
		const back = await outbox.restore(record);
		expect(back).toMatchObject({ id: record.id, version: 2, state: "local" });
		expect(await allEntries(outbox.database)).toHaveLength(1);
		await outbox.remove(record.id);
		const removal = await takeHome(outbox.database);
		const again = await outbox.restore(back);
		expect(again.version).toBe(3);
		await settle(outbox.database, new Map([[present(removal.batch[0]).operation.id, { kind: "accepted" }]]), 0);
		expect(await outbox.get(record.id)).toEqual(again);
		const next = await takeHome(outbox.database);
		expect(next.batch[0]?.operation).toMatchObject({ kind: "record.put", record: { version: 3 } });
		outbox.close();
	});

	test("OUT-1: what was written while somebody closed is told as saved, so that nobody saves it twice", async () => {
		const owner = { userId: null, deviceId: crypto.randomUUID(), workspaceId: home };
		const outbox = await openOutbox(owner);
		const { write } = outbox.database;
		const record = await write.call(outbox.database, async (transaction) => {
			await transaction.objectStore("meta").put(1, "holdUntil");
			outbox.close();
			return "written";
		});
		expect(record).toBe("written");
		const again = await openOutbox(owner);
		expect(await again.database.read((transaction) => transaction.objectStore("meta").get("holdUntil"))).toBe(1);
		again.close();
	});

	test("I4: a removal says which version it removes, so that one that comes late takes nothing newer", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const first = await takeHome(outbox.database);
		await settle(outbox.database, new Map([[present(first.batch[0]).operation.id, { kind: "accepted" }]]), 0);
		const edited = await outbox.edit(record.id, { kind: "article" });
		await outbox.remove(record.id);
		const removal = await takeHome(outbox.database);
		expect(removal.batch[0]?.operation).toMatchObject({ kind: "record.delete", version: edited.version });
		const back = await outbox.restore(edited);
		expect(back.version).toBeGreaterThan(edited.version);
		outbox.close();
	});

	test("I1: a removal that is refused shows its record again, with the reason, and can be tried again", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const first = await takeHome(outbox.database);
		await settle(outbox.database, new Map([[present(first.batch[0]).operation.id, { kind: "accepted" }]]), 0);
		await outbox.remove(record.id);
		const removal = await takeHome(outbox.database);
		const problem = { code: "auth/forbidden", message: "You may not remove records here.", action: "retry" } as const;
		const rejected = { kind: "rejected", problem } as const;
		await settle(outbox.database, new Map([[present(removal.batch[0]).operation.id, rejected]]), 0);
		expect(await outbox.get(record.id)).toMatchObject({ state: "needs_you", problem });
		await outbox.retry(record.id);
		expect(await outbox.get(record.id)).toBeUndefined();
		const next = await takeHome(outbox.database);
		expect(next.batch[0]?.operation).toMatchObject({ kind: "record.delete" });
		outbox.close();
	});
});

describe("reading", () => {
	test('CAP-7: "already saved" is answered by the normalised address, newest first, optionally for one target', async () => {
		const outbox = await anOutbox();
		const targetId = crypto.randomUUID();
		const url = "https://Example.com/a/?utm_source=x#top";
		const one = await outbox.save(aCapture("one", { source: { url, title: "one" } }));
		const two = await outbox.save(
			aCapture("two", { source: { url: "https://example.com/a", title: "two" }, targetId }),
		);
		expect(one.normalUrl).toBe(two.normalUrl);
		expect((await outbox.byUrl(one.normalUrl)).map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
		expect((await outbox.byUrl(one.normalUrl, targetId)).map(({ id }) => id)).toEqual([two.id]);
		outbox.close();
	});

	test("the counts tell what waits from what needs the person, and unsettled lists both, oldest first", async () => {
		const outbox = await anOutbox();
		const records = [
			await outbox.save(aCapture("1")),
			await outbox.save(aCapture("2")),
			await outbox.save(aCapture("3")),
		];
		const { batch } = await takeHome(outbox.database);
		const problem = { code: "writes/text-invalid", message: "No.", action: "edit" } as const;
		const rejected = { kind: "rejected", problem } as const;
		await settle(outbox.database, new Map([[present(batch[1]).operation.id, rejected]]), 0);
		expect(await outbox.counts()).toEqual({ waiting: 2, needsYou: 1 });
		expect((await outbox.unsettled(10)).map(({ id }) => id)).toEqual(records.map(({ id }) => id));
		expect((await outbox.recent(2)).length).toBe(2);
		outbox.close();
	});

	test("a change is told in this context and in every other one", async () => {
		const owner = { userId: null, deviceId: crypto.randomUUID(), workspaceId: home };
		const [here, there] = [await openOutbox(owner), await openOutbox(owner)];
		let toldHere = 0;
		here.onChange(() => {
			toldHere += 1;
		});
		const toldThere = new Promise<void>((resolve) => {
			there.onChange(resolve);
		});
		await here.save(aCapture());
		await toldThere;
		expect(toldHere).toBe(1);
		here.close();
		there.close();
	});
});

describe("the database", () => {
	test("ID-8: its name keeps people and devices apart", () => {
		expect(outboxName({ userId: null, deviceId: "d" })).toBe("sheaf_guest_d");
		expect(outboxName({ userId: "u", deviceId: "d" })).toBe("sheaf_u_d");
	});

	test("it lets go when another context upgrades it, and says that this page is old", async () => {
		const outbox = await anOutbox();
		await outbox.save(aCapture());
		const upgraded = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(outbox.database.name, 99);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error("The upgrade failed."));
		});
		const failure = await outbox.recent(1).catch((error: unknown) => error);
		expect(failure).toMatchObject({ code: "outbox/newer-version" });
		upgraded.close();
		outbox.close();
	});

	test("a closed one answers with a code instead of opening again", async () => {
		const database = new OutboxDatabase(`sheaf_guest_${crypto.randomUUID()}`);
		database.close();
		const failure = await database.read(async () => 1).catch((error: unknown) => error);
		expect(failure).toMatchObject({ code: "outbox/closed" });
	});
});
