import { afterEach, expect, test } from "bun:test";
import { IDBDatabase, IDBObjectStore } from "fake-indexeddb";
import { openOutbox } from "./outbox.ts";
import { rowsPerBatch } from "./send-many.ts";
import { aCapture, allEntries, anOutbox, home, present } from "./test-outbox.ts";
import type { ManyRow, ManySaved } from "./types.ts";

const targetId = crypto.randomUUID();

const rows = (count: number, more: Partial<ManyRow> = {}): ManyRow[] =>
	Array.from({ length: count }, (_, place) => ({
		capture: aCapture(`row ${String(place).padStart(4, "0")}`, { kind: "row", targetId }),
		recordId: null,
		...more,
	}));

const put = IDBObjectStore.prototype.put;
const begin = IDBDatabase.prototype.transaction;
afterEach(() => {
	IDBObjectStore.prototype.put = put;
	IDBDatabase.prototype.transaction = begin;
});

test("CAP-3, OUT-1: each batch is one strictly durable transaction, and progress counts what is on disk", async () => {
	const outbox = await anOutbox();
	const writes: (string | undefined)[] = [];
	IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<typeof begin>) {
		if (given[1] === "readwrite") writes.push(given[2]?.durability);
		return begin.apply(this, given);
	};
	const counted: number[] = [];
	const { saved } = await outbox.sendMany(rows(250), { onSaved: (soFar) => counted.push(soFar.saved) });
	expect([saved, counted, writes]).toEqual([250, [100, 200, 250], ["strict", "strict", "strict"]]);
	expect(await outbox.counts()).toEqual({ waiting: 250, needsYou: 0 });
	const entries = await allEntries(outbox.database);
	expect(new Set(entries.map(({ recordId }) => recordId)).size).toBe(250);
	expect(entries.every(({ state, workspaceId }) => state === "waiting" && workspaceId === home)).toBe(true);
	outbox.close();
});

test("CAP-3: rows go out in their order", async () => {
	const outbox = await anOutbox();
	await outbox.sendMany(rows(rowsPerBatch + 5));
	const titles = (await outbox.all()).map(({ source }) => source.title);
	expect(titles).toEqual(rows(rowsPerBatch + 5).map(({ capture }) => capture.source.title));
	outbox.close();
});

test("CAP-3: Stop ends it after the batch that is being written, and what was written stays", async () => {
	const outbox = await anOutbox();
	const stop = new AbortController();
	const { saved } = await outbox.sendMany(rows(1_000), {
		signal: stop.signal,
		onSaved: ({ saved: count }) => count >= 300 && stop.abort(),
	});
	expect([saved, (await outbox.counts()).waiting]).toEqual([300, 300]);
	outbox.close();
});

test("OUT-4: on a full disk the batch is not saved, the ones before it are and can be taken back, and the failure says so", async () => {
	const outbox = await anOutbox();
	let written = 0;
	IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
		if (this.name === "entries") written += 1;
		if (written > 150) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
		return put.apply(this, given);
	};
	const told: ManySaved[] = [];
	const failure = outbox.sendMany(rows(250), { onSaved: (soFar) => told.push(soFar) });
	expect(await failure.catch((error: unknown) => error)).toMatchObject({ code: "outbox/storage-full" });
	IDBObjectStore.prototype.put = put;
	expect([told.map(({ saved }) => saved), (await outbox.counts()).waiting]).toEqual([[100], 100]);
	await outbox.takeBack(present(told[0]).taking);
	expect(await outbox.all()).toEqual([]);
	outbox.close();
});

test("CAP-3: a row that stands on this device gets a new version; one that is gone meanwhile is written anew", async () => {
	const outbox = await anOutbox();
	const body = { body: { type: "text" as const, value: "kept" } };
	const standing = await outbox.save(aCapture("before", { kind: "article", targetId, fields: body }));
	const gone = await outbox.save(aCapture("gone", { kind: "row", targetId }));
	await outbox.remove(gone.id);
	const [first, second] = rows(2);
	const { taking } = await outbox.sendMany([
		{ ...present(first), recordId: standing.id },
		{ ...present(second), recordId: gone.id },
	]);
	const all = await outbox.all();
	expect(all.map(({ version }) => version)).toEqual([2, 1]);
	const fields = { ...body, ...present(first).capture.fields };
	expect(all[0]).toMatchObject({ id: standing.id, kind: "article", fields });
	expect(all[1]?.id).not.toBe(gone.id);
	await outbox.takeBack(taking);
	expect(await outbox.all()).toMatchObject([{ id: standing.id, version: 3, fields: body }]);
	outbox.close();
});

test("CAP-3: two rows of one record are two versions of it, one after the other, and taken back it is as it was", async () => {
	const outbox = await anOutbox();
	const text = (value: string) => ({ type: "text" as const, value });
	const saved = await outbox.save(aCapture("before", { kind: "row", targetId, fields: { title: text("before") } }));
	const row = (name: string): ManyRow => ({
		recordId: saved.id,
		capture: aCapture(name, { kind: "row", targetId, fields: { [name]: text(name) } }),
	});
	const { taking } = await outbox.sendMany([row("one"), row("other")]);
	const fields = { title: text("before"), one: text("one"), other: text("other") };
	expect(await outbox.all()).toMatchObject([{ id: saved.id, version: 3, fields }]);
	expect(await allEntries(outbox.database)).toHaveLength(1);
	await outbox.takeBack(taking);
	expect((await outbox.all()).map((record) => record.fields)).toEqual([{ title: text("before") }]);
	outbox.close();
});

test("CAP-7: thousands of rows of a page do not stand for the page", async () => {
	const outbox = await anOutbox();
	await outbox.sendMany(rows(3));
	const [first] = rows(1);
	expect(await outbox.byUrl(present(first).capture.source.url)).toEqual([]);
	outbox.close();
});

test("ID-7, ID-8: a guest's rows and a viewer's belong to no workspace; a viewer's have no table", async () => {
	const guest = await anOutbox(null);
	await guest.sendMany(rows(1));
	expect(await guest.all()).toMatchObject([{ workspaceId: "", targetId }]);
	const owner = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID(), workspaceId: home, looksOnly: true };
	const viewer = await openOutbox(owner);
	await viewer.sendMany(rows(1));
	expect(await viewer.all()).toMatchObject([{ workspaceId: "", targetId: null }]);
	guest.close();
	viewer.close();
});
