import { expect, test } from "bun:test";
import type { RecordView } from "../../backend/contract/records.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { flushOutbox } from "./flush.ts";
import type { OpenOutbox } from "./outbox.ts";
import { refreshRecords } from "./refresh.ts";
import { aCapture, anOutbox, aView, home, stored } from "./test-outbox.ts";
import type { LocalRecord } from "./types.ts";

const sends = {
	writeBatch: async (operations: readonly Parameters<typeof stored>[0][]) => operations.map(stored),
};

async function delivered(outbox: OpenOutbox, ...titles: string[]): Promise<LocalRecord[]> {
	const records: LocalRecord[] = [];
	for (const title of titles) records.push(await outbox.save(aCapture(title)));
	await flushOutbox({ database: outbox.database, workspaceId: home, clientFor: () => sends, locks: memoryLocks() });
	const client = says(...records.map((record) => aView(record, { status: "delivered" })));
	await refreshRecords({ database: outbox.database, workspaceId: home, client });
	return records;
}

const says = (...views: RecordView[]) => ({
	recordsById: async (ids: readonly string[]) => views.filter(({ id }) => ids.includes(id)),
});

test("SYNC-9: after many were deleted, this device forgets those the backend has no more, and only those", async () => {
	const outbox = await anOutbox();
	const [stays, goes] = (await delivered(outbox, "stays", "goes")) as [LocalRecord, LocalRecord];
	const here = await outbox.save(aCapture("only here"));
	await outbox.catchUp(says(aView(stays, { status: "delivered" })));
	expect(await outbox.get(goes.id)).toBeUndefined();
	expect(await outbox.get(stays.id)).toMatchObject({ state: "delivered" });
	expect(await outbox.get(here.id)).toMatchObject({ state: "local" });
	outbox.close();
});

test("SYNC-9: one whose loss was told before the deletion was known is forgotten too", async () => {
	const outbox = await anOutbox();
	const [record] = (await delivered(outbox, "goes")) as [LocalRecord];
	const client = says(aView(record, { status: "needs_you" }));
	await outbox.catchUp(client);
	await refreshRecords({ database: outbox.database, workspaceId: home, client: says() });
	expect(await outbox.get(record.id)).toMatchObject({ problem: { code: "records/not-found" } });
	await outbox.catchUp(says());
	expect(await outbox.get(record.id)).toBeUndefined();
	outbox.close();
});

test("SYNC-9: after a move this device has the record at its new target, and after sending again on its way", async () => {
	const outbox = await anOutbox();
	const [record] = (await delivered(outbox, "moves")) as [LocalRecord];
	const targetId = "0190a5b0-0000-7000-8000-00000000000a";
	await outbox.catchUp(says(aView(record, { status: "stored", targetId })));
	expect(await outbox.get(record.id)).toMatchObject({ state: "stored", targetId });
	outbox.close();
});

test("I4: what was edited here while the backend was asked goes its own way", async () => {
	const outbox = await anOutbox();
	const [record] = (await delivered(outbox, "edited")) as [LocalRecord];
	const recordsById = async () => {
		await outbox.edit(record.id, { kind: "article" });
		return [];
	};
	await outbox.catchUp({ recordsById });
	expect(await outbox.get(record.id)).toMatchObject({ version: 2, kind: "article", state: "local" });
	outbox.close();
});
