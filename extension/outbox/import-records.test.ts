import { expect, test } from "bun:test";
import { exportRecords } from "./export-records.ts";
import { importRecords, NotAnExport } from "./import-records.ts";
import { aCapture, anOutbox } from "./test-outbox.ts";

const ignore = () => {};
const guest = { atServer: async () => new Set<string>(), onWritten: ignore };

test("SEC-4: what was exported on one device is brought in on another, once, with its ids, fields and origins", async () => {
	const [one, other] = [await anOutbox(null), await anOutbox(null)];
	const price = { type: "currency" as const, value: { amount: 12.5, currency: "EUR" } };
	const saved = [await one.save(aCapture("Lamp", { fields: { price } })), await one.save(aCapture("Bridge"))];
	const file = await exportRecords(await one.all(), "json").text();

	const counted: number[] = [];
	expect(await importRecords(other, file, { ...guest, onWritten: (written) => counted.push(written) })).toEqual({
		written: 2,
		known: 0,
		broken: 0,
	});
	expect(counted).toEqual([1, 2]);
	const brought = await Promise.all(saved.map(({ id }) => other.get(id)));
	for (const [index, record] of brought.entries()) {
		const { kind, source, fields, provenance, capturedAt } = saved[index] ?? {};
		expect(record).toMatchObject({ kind, source, fields, provenance, capturedAt, state: "local" });
	}
	expect(await other.counts()).toEqual({ waiting: 2, needsYou: 0 });

	expect(await importRecords(other, file, guest)).toEqual({ written: 0, known: 2, broken: 0 });
	expect(await one.all()).toHaveLength(2);
	one.close();
	other.close();
});

test("SEC-4: an entry that was edited into nonsense is left out, and the rest comes in", async () => {
	const outbox = await anOutbox(null);
	const good = {
		id: crypto.randomUUID(),
		kind: "page",
		version: 1,
		capturedAt: "2026-01-02T03:04:05Z",
		source: { url: "https://example.com/", title: "Good" },
		fields: { title: { type: "text", value: "Good" }, __proto__x: { type: "number", value: 1 } },
		provenance: { title: { from: "somewhere-new", confidence: 0.5 } },
	};
	const broken = [
		null,
		[],
		{},
		{ ...good, id: "../etc" },
		{ ...good, id: crypto.randomUUID(), version: "2" },
		{ ...good, id: crypto.randomUUID(), version: 0 },
		{ ...good, id: crypto.randomUUID(), version: 1.5 },
		{ ...good, id: crypto.randomUUID(), version: 2_147_483_647 },
		{ ...good, id: crypto.randomUUID(), capturedAt: "yesterday" },
		{ ...good, id: crypto.randomUUID(), capturedAt: "+012026-01-02T03:04:05.000Z" },
		{ ...good, id: crypto.randomUUID(), source: { url: "javascript:alert(1)", title: "Bad" } },
		{ ...good, id: crypto.randomUUID(), source: { url: "file:///etc/passwd", title: "Bad" } },
		{ ...good, id: crypto.randomUUID(), fields: { price: { type: "currency", value: 3 } } },
		{ ...good, id: crypto.randomUUID(), kind: "<b>" },
	];
	const file = JSON.stringify({ records: [...broken, good] });
	expect(await importRecords(outbox, file, guest)).toEqual({ written: 1, known: 0, broken: broken.length });
	expect((await outbox.get(good.id))?.provenance).toEqual({});
	outbox.close();
});

test("SEC-4: what was written with another spelling of its time, or of a page without an address, comes in as it is sent", async () => {
	const outbox = await anOutbox(null);
	const entry = {
		id: crypto.randomUUID(),
		kind: "page",
		version: 2_000_000_000,
		capturedAt: "2026-01-02T05:04:05+02:00",
		source: { url: "", title: "New tab" },
		fields: {},
	};
	expect(await importRecords(outbox, JSON.stringify({ records: [entry] }), guest)).toMatchObject({ written: 1 });
	expect(await outbox.get(entry.id)).toMatchObject({
		version: entry.version + 1,
		capturedAt: "2026-01-02T03:04:05.000Z",
		source: entry.source,
	});
	outbox.close();
});

test("I4: what the server has already is left where it is there; where it cannot be asked, nothing is written", async () => {
	const [one, other] = [await anOutbox(), await anOutbox()];
	for (let place = 0; place < 101; place += 1) await one.save(aCapture(`Row ${place}`));
	const saved = await one.all();
	const file = await exportRecords(saved, "json").text();
	const [first, last] = [saved[0]?.id ?? "", saved[100]?.id ?? ""];
	const down = { ...guest, atServer: () => Promise.reject(new Error("The server could not be reached.")) };
	await expect(importRecords(other, file, down)).rejects.toThrow("could not be reached");
	expect(await other.all()).toEqual([]);
	const asked: number[] = [];
	const atServer = async (ids: readonly string[]) => {
		asked.push(ids.length);
		return new Set([first, last].filter((id) => ids.includes(id)));
	};
	expect(await importRecords(other, file, { ...guest, atServer })).toEqual({ written: 99, known: 2, broken: 0 });
	expect(asked).toEqual([100, 1]);
	expect(await other.get(first)).toBeUndefined();
	one.close();
	other.close();
});

test("SEC-4: another file is refused whole", async () => {
	const outbox = await anOutbox(null);
	for (const text of ["", "a,b\n1,2", "[]", '{"records":{}}', "null"]) {
		expect(importRecords(outbox, text, guest)).rejects.toBeInstanceOf(NotAnExport);
	}
	expect(await outbox.all()).toEqual([]);
	outbox.close();
});
