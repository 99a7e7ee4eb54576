import { expect, test } from "bun:test";
import type { LiveChanges } from "../../backend/contract/live.ts";
import type { RecordView } from "../../backend/contract/records.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { flushOutbox } from "./flush.ts";
import type { OpenOutbox } from "./outbox.ts";
import { aCapture, anOutbox, aView, home, stored } from "./test-outbox.ts";
import type { LocalRecord } from "./types.ts";

const clientFor = () => ({
	writeBatch: async (operations: readonly Parameters<typeof stored>[0][]) => operations.map(stored),
});

async function sent(outbox: OpenOutbox, title: string): Promise<LocalRecord> {
	const record = await outbox.save(aCapture(title));
	await flushOutbox({ database: outbox.database, workspaceId: home, clientFor, locks: memoryLocks() });
	return record;
}

const told = (...records: RecordView[]): LiveChanges => ({ records, gone: [], lists: [] });
const asksNothing = { recordsById: () => Promise.reject(new Error("nothing is to be asked")) };
const remoteUrl = "https://airtable.example/row";

test("LIVE-1: what is told of a record of this device is shown, without asking for anything", async () => {
	const outbox = await anOutbox();
	const record = await sent(outbox, "one");
	await outbox.applyLive(told(aView(record, { status: "delivered", remoteUrl })), asksNothing);
	expect(await outbox.get(record.id)).toMatchObject({ state: "delivered", remoteUrl, fields: record.fields });
	outbox.close();
});

test("LIVE-1: what says nothing new wakes no page, and others' records none either", async () => {
	const outbox = await anOutbox();
	const record = await sent(outbox, "one");
	const view = aView(record, { status: "delivering" });
	await outbox.applyLive(told(view), asksNothing);
	let woken = 0;
	outbox.onChange(() => {
		woken += 1;
	});
	await outbox.applyLive(told(view, { ...view, id: crypto.randomUUID() }), asksNothing);
	await outbox.applyLive({ records: [], gone: [crypto.randomUUID()], lists: ["targets"] }, asksNothing);
	expect(woken).toBe(0);
	outbox.close();
});

test("LIVE-1: a newer version, from another device, brings its content along", async () => {
	const outbox = await anOutbox();
	const record = await sent(outbox, "one");
	const newer = aView(record, {
		version: 2,
		source: { url: "https://example.test/", title: "Two" },
		status: "delivered",
	});
	await outbox.applyLive(told(newer), { recordsById: async () => [newer] });
	expect(await outbox.get(record.id)).toMatchObject({ version: 2, source: { title: "Two" }, state: "delivered" });
	outbox.close();
});

test("LIVE-1: what was deleted at the backend goes; what was changed here since goes its own way", async () => {
	const outbox = await anOutbox();
	const [gone, kept] = [await sent(outbox, "one"), await sent(outbox, "two")];
	await outbox.edit(kept.id, { fields: { title: { type: "text", value: "edited" } } });
	const lost: LiveChanges = { records: [], gone: [gone.id, kept.id], lists: [] };
	await outbox.applyLive(lost, asksNothing);
	await outbox.applyLive(told(aView(kept, { status: "delivered" })), asksNothing);
	expect(await outbox.get(gone.id)).toBeUndefined();
	expect(await outbox.get(kept.id)).toMatchObject({ state: "local", version: 2 });
	outbox.close();
});
