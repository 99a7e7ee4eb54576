import "./test-outbox.ts";
import { expect, test } from "bun:test";
import { openDB } from "idb";
import { type OpenOutbox, type OutboxOwner, openOutbox, outboxName } from "./outbox.ts";
import { placeOlderRows } from "./place-older.ts";
import { completed } from "./schema.ts";
import { aCapture, allEntries, home, takeHome } from "./test-outbox.ts";

const [personal, team] = [crypto.randomUUID(), home];

const row = {
	...aCapture("one"),
	provenance: { title: "meta" },
	version: 1,
	capturedAt: "2026-01-01T00:00:00.000Z",
	normalUrl: "https://example.com/one",
	problem: null,
	remoteUrl: null,
	supersededBy: null,
};
const entry = { version: 1, attempts: 0, notBefore: 0, problem: null, createdAt: 0, tombstone: null };

/** A database as the first version left it: delivered, stored, waiting (once sent), never sent, and being removed. */
async function anOlderDatabase(): Promise<OutboxOwner> {
	const owner = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID(), workspaceId: team };
	const database = await openDB(outboxName(owner), 1, {
		upgrade(fresh) {
			const records = fresh.createObjectStore("records", { keyPath: "id" });
			records.createIndex("byNormalUrl", "normalUrl");
			records.createIndex("byUpdatedAt", "updatedAt");
			records.createIndex("byStanding", "standing");
			const entries = fresh.createObjectStore("entries", { keyPath: "operationId" });
			entries.createIndex("byRecord", "recordId");
			entries.createIndex("byDue", ["state", "notBefore"]);
			fresh.createObjectStore("meta");
		},
	});
	const write = database.transaction(["records", "entries", "meta"], "readwrite");
	const put = (id: string, more: object) => write.objectStore("records").put({ ...row, id, ...more });
	await put("1-delivered", { state: "delivered", standing: "settled", everSent: true, updatedAt: 1 });
	await put("2-stored", { state: "stored", standing: "waiting", everSent: true, updatedAt: 2 });
	await put("3-edited", { state: "local", standing: "waiting", everSent: true, updatedAt: 3 });
	await put("4-new", { state: "local", standing: "waiting", everSent: false, updatedAt: 4 });
	const entries = write.objectStore("entries");
	await entries.put({ ...entry, operationId: "a", recordId: "3-edited", kind: "record.put", state: "waiting" });
	await entries.put({ ...entry, operationId: "b", recordId: "4-new", kind: "record.put", state: "waiting" });
	const removed = { ...row, id: "5-removed", state: "local", standing: "waiting", everSent: true, updatedAt: 5 };
	const removal = { ...entry, operationId: "c", recordId: "5-removed", kind: "record.delete", state: "waiting" };
	await entries.put({ ...removal, tombstone: removed });
	await write.objectStore("meta").put(123, "holdUntil");
	await write.done;
	database.close();
	return owner;
}

const idsOf = async (outbox: OpenOutbox) => (await outbox.recent(10)).map(({ id }) => id);

test("OUT-1: an update to the version with workspaces keeps every record, operation and note", async () => {
	const outbox = await openOutbox(await anOlderDatabase());
	expect(await idsOf(outbox)).toEqual(["4-new", "3-edited", "2-stored", "1-delivered"]);
	expect((await outbox.unsettled(10)).map(({ id }) => id)).toEqual(["2-stored", "3-edited", "4-new"]);
	expect(await outbox.counts()).toEqual({ waiting: 3, needsYou: 0 });
	expect((await allEntries(outbox.database)).map(({ operationId }) => operationId)).toEqual(["a", "b", "c"]);
	expect(await outbox.get("1-delivered")).toMatchObject({
		...row,
		provenance: { title: { from: "meta", confidence: 0.75 } },
		workspaceId: "",
		state: "delivered",
	});
	const hold = await outbox.database.read((transaction) => transaction.objectStore("meta").get("holdUntil"));
	expect(hold).toBe(123);
	outbox.close();
});

test("ID-8: what the server had is of the personal workspace; what was never sent goes to the current one", async () => {
	const outbox = await openOutbox(await anOlderDatabase());
	await placeOlderRows(outbox.database, personal);
	const { batch } = await takeHome(outbox.database);
	expect(batch.map(({ operation }) => operation.id)).toEqual(["b"]);
	expect(await outbox.get("4-new")).toMatchObject({ workspaceId: team });
	for (const id of ["1-delivered", "2-stored", "3-edited"]) {
		expect(await outbox.get(id)).toMatchObject({ workspaceId: personal });
	}
	const left = (await allEntries(outbox.database)).map(({ operationId, workspaceId }) => [operationId, workspaceId]);
	expect(left).toEqual([
		["a", personal],
		["b", team],
		["c", personal],
	]);
	outbox.close();
});

test("OUT-1: rows of the version without captures are records like any other, also when they were sealed then", async () => {
	const outbox = await openOutbox(await anOlderDatabase());
	const now = { captureId: null, undo: null, undoProblem: null, inReview: false, nextAttemptAt: null };
	for (const record of await outbox.all()) expect(record).toMatchObject(now);
	const removed = (await allEntries(outbox.database)).find(({ kind }) => kind === "record.delete");
	expect(removed?.tombstone).toMatchObject({ ...now, undoTo: null });
	const place = { id: "6-sealed", state: "local", standing: "waiting", everSent: false, workspaceId: team } as const;
	const older = { ...row, ...place, updatedAt: 6 };
	const provenance = { title: { from: "meta", confidence: 0.75 } };
	expect(completed(older)).toMatchObject({ ...older, ...now, provenance });
	outbox.close();
});
