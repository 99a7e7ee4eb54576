import { afterEach, describe, expect, test } from "bun:test";
import { IDBObjectStore } from "fake-indexeddb";
import { type OpenOutbox, openOutbox } from "./outbox.ts";
import { refreshRecords } from "./refresh.ts";
import { flush, scripted } from "./test-flush.ts";
import { aCapture, allEntries, anOutbox, aView, home, present } from "./test-outbox.ts";
import type { Aim, LocalRecord } from "./types.ts";

const [one, two, three] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
const aims = (...targetIds: string[]): Aim[] => targetIds.map((targetId) => ({ targetId, recordId: null }));
const again = (records: readonly LocalRecord[]): Aim[] =>
	records.map(({ id, targetId }) => ({ recordId: id, targetId }));
const titled = (value: string) => ({ fields: { title: { type: "text" as const, value } } });

const put = IDBObjectStore.prototype.put;
afterEach(() => {
	IDBObjectStore.prototype.put = put;
});

async function sendNew(outbox: OpenOutbox, ...targetIds: string[]): Promise<LocalRecord[]> {
	return (await outbox.send(aCapture("sent"), aims(...targetIds))).map(({ record }) => record);
}

/** The backend takes everything, and says of each record what is given. */
async function arrive(outbox: OpenOutbox, more: Parameters<typeof aView>[1] = { undo: { kind: "remove" } }) {
	await flush(outbox, scripted());
	await hear(outbox, async (id) => aView(present(await outbox.get(id)), { status: "delivered", ...more }));
}

async function hear(outbox: OpenOutbox, say: (id: string) => Promise<ReturnType<typeof aView> | null>) {
	const recordsById = async (ids: readonly string[]) =>
		(await Promise.all(ids.map(say))).filter((view) => view !== null);
	await refreshRecords({ database: outbox.database, workspaceId: home, client: { recordsById } });
}

describe("one capture to several targets", () => {
	test("CON-5: is one record for each, of one capture, each with its own operation", async () => {
		const outbox = await anOutbox();
		const records = await sendNew(outbox, one, two, three);
		expect(records.map(({ targetId }) => targetId)).toEqual([one, two, three]);
		expect(new Set(records.map(({ captureId }) => captureId))).toEqual(new Set([present(records[0]).id]));
		const client = scripted();
		await flush(outbox, client);
		const [operations] = client.requests;
		expect(operations?.map((operation) => operation.kind === "record.put" && operation.record.captureId)).toEqual(
			records.map(({ captureId }) => present(captureId)),
		);
		outbox.close();
	});

	test("OUT-1, OUT-4: on a full disk none of them is saved", async () => {
		const outbox = await anOutbox();
		let writes = 0;
		IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
			if (this.name === "entries") writes += 1;
			if (writes > 1) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
			return put.apply(this, given);
		};
		expect(await sendNew(outbox, one, two).catch((error: unknown) => error)).toMatchObject({
			code: "outbox/storage-full",
		});
		IDBObjectStore.prototype.put = put;
		expect(await outbox.recent(10)).toEqual([]);
		expect(await allEntries(outbox.database)).toEqual([]);
		outbox.close();
	});

	test("one target is a record like any other, and another target joins it later", async () => {
		const outbox = await anOutbox();
		const [first] = await sendNew(outbox, one);
		expect(first?.captureId).toBeNull();
		const sent = await outbox.send(aCapture("sent"), [...again([present(first)]), ...aims(two)]);
		expect(sent.map(({ record, before }) => [record.version, before?.version, record.captureId])).toEqual([
			[2, 1, first?.id],
			[1, undefined, first?.id],
		]);
		outbox.close();
	});

	test("lists give the records of a capture together, and count captures", async () => {
		const outbox = await anOutbox();
		const older = await sendNew(outbox, one, two);
		const alone = await outbox.save(aCapture("alone"));
		expect((await outbox.recent(2)).map(({ id }) => id)).toEqual([alone.id, ...older.map(({ id }) => id)]);
		expect((await outbox.recent(1)).map(({ id }) => id)).toEqual([alone.id]);
		outbox.close();
	});

	test("an edit of the capture is a new version of each, but for one that was edited alone", async () => {
		const outbox = await anOutbox();
		const [first, second, third] = await sendNew(outbox, one, two, three);
		await outbox.edit(present(second).id, titled("alone"));
		const edited = await outbox.editCapture(present(third).id, titled("together"));
		expect(new Set(edited.map(({ id, version }) => `${id} ${version}`))).toEqual(
			new Set([`${first?.id} 2`, `${third?.id} 2`]),
		);
		const sent = await outbox.send(aCapture("page"), again([present(first), present(second), present(third)]));
		expect(sent.map(({ record }) => record.id)).toEqual([present(first).id, present(third).id]);
		expect(await outbox.get(present(second).id)).toMatchObject({ version: 2, ...titled("alone") });
		outbox.close();
	});

	test("ID-7: of one who only looks it is one record that waits for a workspace", async () => {
		const owner = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID(), workspaceId: home, looksOnly: true };
		const outbox = await openOutbox(owner);
		expect(await sendNew(outbox, one, two)).toMatchObject([{ targetId: null, workspaceId: "", captureId: null }]);
		outbox.close();
	});
});

describe("Undo", () => {
	const takeBackNew = (outbox: OpenOutbox, records: readonly LocalRecord[]) =>
		outbox.takeBack(records.map(({ id }) => ({ recordId: id, before: null })));

	test("what nobody has heard of is gone at once, with all its records", async () => {
		const outbox = await anOutbox();
		await takeBackNew(outbox, await sendNew(outbox, one, two));
		expect(await outbox.recent(10)).toEqual([]);
		expect(await allEntries(outbox.database)).toEqual([]);
		outbox.close();
	});

	test("OUT-1: what has arrived waits, offline too, under an undo of its version, and goes when the backend has taken it back", async () => {
		const outbox = await anOutbox();
		const records = await sendNew(outbox, one, two);
		await arrive(outbox);
		await takeBackNew(outbox, records);
		expect((await outbox.recent(10)).map(({ state }) => state)).toEqual(["undoing", "undoing"]);
		expect(await outbox.counts()).toEqual({ waiting: 2, needsYou: 0 });
		const client = scripted();
		await flush(outbox, client);
		expect(client.requests.flat()).toMatchObject(
			records.map(({ id }) => ({ kind: "record.undo", recordId: id, version: 1 })),
		);
		await hear(outbox, async (id) => aView(present(await outbox.get(id)), { undoing: true }));
		expect((await outbox.recent(10)).map(({ state }) => state)).toEqual(["undoing", "undoing"]);
		await hear(outbox, async () => null);
		expect(await outbox.recent(10)).toEqual([]);
		outbox.close();
	});

	test("an update that has arrived is taken back by the backend, and the record goes out as it was", async () => {
		const outbox = await anOutbox();
		const [first] = await sendNew(outbox, one);
		await arrive(outbox);
		const [update] = await outbox.send(aCapture("changed"), again([present(first)]));
		await arrive(outbox, { undo: { kind: "restore" } });
		await outbox.takeBack([{ recordId: present(first).id, before: present(update).before }]);
		const client = scripted();
		await flush(outbox, client);
		expect(client.requests.flat()).toMatchObject([{ kind: "record.undo", version: 2 }]);
		await hear(outbox, async () => null);
		expect(await outbox.get(present(first).id)).toMatchObject({ version: 3, state: "local", ...titled("sent") });
		outbox.close();
	});

	test("an update that has not arrived, or cannot be taken back there, gives way to one more", async () => {
		for (const undo of ["not sent", null] as const) {
			const outbox = await anOutbox();
			const [first] = await sendNew(outbox, one);
			await arrive(outbox);
			const [update] = await outbox.send(aCapture("changed"), again([present(first)]));
			if (undo === null) await arrive(outbox, { undo });
			await outbox.takeBack([{ recordId: present(first).id, before: present(update).before }]);
			expect(await outbox.get(present(first).id)).toMatchObject({ version: 3, state: "local", ...titled("sent") });
			outbox.close();
		}
	});

	test("sent again meanwhile, the record is what the person wants now: the undo is not sent", async () => {
		const outbox = await anOutbox();
		const [record] = await sendNew(outbox, one);
		await arrive(outbox);
		await takeBackNew(outbox, [present(record)]);
		await outbox.send(aCapture("after all"), again([present(record)]));
		const client = scripted();
		await flush(outbox, client);
		expect(client.requests.flat()).toMatchObject([{ kind: "record.put", record: { id: record?.id, version: 2 } }]);
		outbox.close();
	});

	test("one that is refused leaves the record where it is, with the reason, until it is written again", async () => {
		const outbox = await anOutbox();
		const [record] = await sendNew(outbox, one);
		await arrive(outbox);
		await takeBackNew(outbox, [present(record)]);
		const error = { code: "records/not-undoable", message: "It cannot be taken back any more." } as const;
		const refuses = scripted((sent) => sent.map(({ id }) => ({ id, status: "rejected" as const, error })));
		await flush(outbox, refuses);
		await hear(outbox, async (id) => aView(present(await outbox.get(id)), { status: "delivered" }));
		const left = await outbox.get(present(record).id);
		expect(left).toMatchObject({ state: "delivered", undo: null, undoProblem: error.message });
		expect((await outbox.edit(present(record).id, {})).undoProblem).toBeNull();
		outbox.close();
	});
});
