import { expect, test } from "bun:test";
import type { RecordView } from "../../backend/contract/records.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { flushOutbox } from "./flush.ts";
import type { OpenOutbox } from "./outbox.ts";
import { refreshRecords } from "./refresh.ts";
import { aCapture, allEntries, anOutbox, aView, home, stored } from "./test-outbox.ts";
import type { LocalRecord } from "./types.ts";

const sends = {
	writeBatch: async (operations: readonly Parameters<typeof stored>[0][]) => operations.map(stored),
};

async function sent(outbox: OpenOutbox, ...titles: string[]): Promise<LocalRecord[]> {
	const records: LocalRecord[] = [];
	for (const title of titles) records.push(await outbox.save(aCapture(title)));
	await flushOutbox({ database: outbox.database, workspaceId: home, clientFor: () => sends, locks: memoryLocks() });
	return records;
}

function says(...views: RecordView[]) {
	const asked: string[][] = [];
	const recordsById = async (ids: readonly string[]) => {
		asked.push([...ids]);
		return views.filter(({ id }) => ids.includes(id));
	};
	return { asked, recordsById };
}

const remoteUrl = "https://airtable.example/row";
const problem = { code: "delivery/value-refused", message: "Price must be a number.", action: "edit" } as const;

test("J5: what the backend says is shown: delivering, delivered with its row, or the reason it needs the person", async () => {
	const outbox = await anOutbox();
	const [one, two, three] = (await sent(outbox, "one", "two", "three")) as [LocalRecord, LocalRecord, LocalRecord];
	const client = says(
		aView(one, { status: "delivering" }),
		aView(two, { status: "delivered", remoteUrl }),
		aView(three, { status: "needs_you", problem }),
	);
	expect(await refreshRecords({ database: outbox.database, workspaceId: home, client })).toEqual({
		waiting: 1,
		changed: 3,
	});
	expect(await outbox.get(one.id)).toMatchObject({ state: "delivering" });
	expect(await outbox.get(two.id)).toMatchObject({ state: "delivered", remoteUrl });
	expect(await outbox.get(three.id)).toMatchObject({ state: "needs_you", problem });
	expect(await outbox.counts()).toEqual({ waiting: 1, needsYou: 1 });
	await refreshRecords({ database: outbox.database, workspaceId: home, client });
	expect(client.asked[1]?.toSorted()).toEqual([one.id, three.id].toSorted());
	outbox.close();
});

test("no news is not written, so that no page is woken", async () => {
	const outbox = await anOutbox();
	const [record] = (await sent(outbox, "one")) as [LocalRecord];
	const look = () => refreshRecords({ database: outbox.database, workspaceId: home, client: says(aView(record)) });
	// Whether it can be taken back is news once.
	expect(await look()).toEqual({ waiting: 1, changed: 1 });
	let told = 0;
	outbox.onChange(() => {
		told += 1;
	});
	expect(await look()).toEqual({ waiting: 1, changed: 0 });
	expect(told).toBe(0);
	outbox.close();
});

test("a record that waits at the backend with its target's problem carries it, and it is news once", async () => {
	const outbox = await anOutbox();
	const [record] = (await sent(outbox, "one")) as [LocalRecord];
	const paused = {
		code: "targets/paused",
		message: "Airtable no longer accepts the token.",
		action: "reconnect",
	} as const;
	const client = says(aView(record, { problem: paused }));
	expect(await refreshRecords({ database: outbox.database, workspaceId: home, client })).toEqual({
		waiting: 1,
		changed: 1,
	});
	expect(await outbox.get(record.id)).toMatchObject({ state: "stored", problem: paused });
	expect(await refreshRecords({ database: outbox.database, workspaceId: home, client })).toEqual({
		waiting: 1,
		changed: 0,
	});
	outbox.close();
});

test("what only waits here is not asked about, and a hundred are asked about at a time", async () => {
	const outbox = await anOutbox();
	const records = await sent(outbox, ...Array.from({ length: 101 }, (_, number) => `record ${number}`));
	await outbox.save(aCapture("unsent"));
	const client = says(...records.map((record) => aView(record)));
	await refreshRecords({ database: outbox.database, workspaceId: home, client });
	expect(client.asked.map((ids) => ids.length)).toEqual([100, 1]);
	outbox.close();
});

test("I4: news of an older version does not touch what was edited since, also when the edit came during the request", async () => {
	const outbox = await anOutbox();
	const [record] = (await sent(outbox, "one")) as [LocalRecord];
	const recordsById = async () => {
		await outbox.edit(record.id, { fields: {} });
		return [aView(record, { status: "delivered", remoteUrl })];
	};
	await refreshRecords({ database: outbox.database, workspaceId: home, client: { recordsById } });
	expect(await outbox.get(record.id)).toMatchObject({ version: 2, state: "local", fields: {}, remoteUrl: null });
	await flushOutbox({ database: outbox.database, workspaceId: home, clientFor: () => sends, locks: memoryLocks() });
	await refreshRecords({
		database: outbox.database,
		workspaceId: home,
		client: says(aView(record, { status: "delivered" })),
	});
	expect(await outbox.get(record.id)).toMatchObject({ version: 2, state: "stored" });
	outbox.close();
});

test("a newer version from another device is taken over with its content", async () => {
	const outbox = await anOutbox();
	const [record] = (await sent(outbox, "one")) as [LocalRecord];
	const fields = { title: { type: "text", value: "from elsewhere" } } as const;
	const view = aView(record, { version: 4, fields, status: "delivered" });
	await refreshRecords({ database: outbox.database, workspaceId: home, client: says(view) });
	expect(await outbox.get(record.id)).toMatchObject({ version: 4, fields, state: "delivered" });
	expect((await outbox.edit(record.id, { kind: "article" })).version).toBe(5);
	outbox.close();
});

test("I5: a word on a record that this version does not know is left alone, and the others' news counts", async () => {
	const outbox = await anOutbox();
	const [one, two, three] = (await sent(outbox, "one", "two", "three")) as [LocalRecord, LocalRecord, LocalRecord];
	const odd = [{ ...aView(one), status: "resting" }, null, {}] as unknown as RecordView[];
	const recordsById = async () => [...odd, aView(two, { status: "delivered" }), aView(three, { status: "delivering" })];
	const client = { recordsById };
	expect(await refreshRecords({ database: outbox.database, workspaceId: home, client })).toMatchObject({ changed: 2 });
	const states = await Promise.all([one, two, three].map(async ({ id }) => (await outbox.get(id))?.state));
	expect(states).toEqual(["stored", "delivered", "delivering"]);
	outbox.close();
});

test("OUT-5: a record whose place another one took is neither listed nor counted", async () => {
	const outbox = await anOutbox();
	const [first, second] = (await sent(outbox, "first", "second")) as [LocalRecord, LocalRecord];
	const client = says(aView(first, { supersededBy: second.id }), aView(second, { status: "delivered", remoteUrl }));
	expect(await refreshRecords({ database: outbox.database, workspaceId: home, client })).toMatchObject({ waiting: 0 });
	expect((await outbox.recent(10)).map(({ id }) => id)).toEqual([second.id]);
	expect(await outbox.counts()).toEqual({ waiting: 0, needsYou: 0 });
	expect(await outbox.unsettled(10)).toEqual([]);
	outbox.close();
});

test("I1: a record the backend has lost is kept and needs the person; trying again sends it anew", async () => {
	const outbox = await anOutbox();
	const [record] = (await sent(outbox, "one")) as [LocalRecord];
	await refreshRecords({ database: outbox.database, workspaceId: home, client: says() });
	expect(await outbox.get(record.id)).toMatchObject({
		state: "needs_you",
		problem: { code: "records/not-found", action: "retry" },
	});
	await outbox.retry(record.id);
	expect(await allEntries(outbox.database)).toMatchObject([{ recordId: record.id, version: 2, state: "waiting" }]);
	outbox.close();
});

test("trying again what the backend could not deliver is a new version, and needs no network to be pressed", async () => {
	const outbox = await anOutbox();
	const [record] = (await sent(outbox, "one")) as [LocalRecord];
	await refreshRecords({
		database: outbox.database,
		workspaceId: home,
		client: says(aView(record, { status: "needs_you", problem })),
	});
	await outbox.retry(record.id);
	expect(await outbox.get(record.id)).toMatchObject({ version: 2, state: "local", problem: null });
	expect(await allEntries(outbox.database)).toMatchObject([{ kind: "record.put", version: 2, state: "waiting" }]);
	outbox.close();
});

const at = "2026-01-02T03:04:05.000Z";

test("SYNC-6: what somebody did to a row is asked once nothing travels, shown, and ended by the next delivery", async () => {
	const outbox = await anOutbox();
	const [one, two] = (await sent(outbox, "one", "two")) as [LocalRecord, LocalRecord];
	const look = async (...views: RecordView[]) => {
		const client = says(...views);
		await refreshRecords({ database: outbox.database, workspaceId: home, client });
		return client.asked.flat();
	};
	const delivered = { status: "delivered", remoteUrl } as const;
	await look(aView(one, delivered), aView(two));
	expect(await look(aView(two))).toEqual([two.id]);
	await look(aView(two, delivered));
	const remote = { state: "gone", at } as const;
	const asked = await look(aView(one, { ...delivered, remote }), aView(two, delivered));
	expect(asked.toSorted()).toEqual([one.id, two.id].toSorted());
	expect([(await outbox.get(one.id))?.remote, (await outbox.get(two.id))?.remote]).toEqual([remote, null]);
	const note = { code: "picture-left-out" as const, columns: ["Cover"] };
	await look(aView(one, { ...delivered, remote }), aView(two, { ...delivered, note }));
	expect([(await outbox.get(one.id))?.note, (await outbox.get(two.id))?.note]).toEqual([null, note]);
	await outbox.retry(one.id);
	expect(await outbox.get(one.id)).toMatchObject({ state: "local", version: one.version + 1, remote: null });
	outbox.close();
});

test("SYNC-6: a delivered record that the backend has forgotten is no news", async () => {
	const outbox = await anOutbox();
	const [one] = (await sent(outbox, "one")) as [LocalRecord];
	const look = (...views: RecordView[]) =>
		refreshRecords({ database: outbox.database, workspaceId: home, client: says(...views) });
	await look(aView(one, { status: "delivered", remoteUrl }));
	expect(await look()).toEqual({ waiting: 0, changed: 0 });
	expect(await outbox.get(one.id)).toMatchObject({ state: "delivered", remoteUrl });
	outbox.close();
});
