import { describe, expect, test } from "bun:test";
import type { Operation } from "../../backend/contract/writes.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { maxBatchBytes, maxBatchOperations } from "./batch.ts";
import type { FlushOutcome } from "./flush.ts";
import { flush, noon, savedMany, scripted } from "./test-flush.ts";
import { aCapture, allEntries, anOutbox, stored } from "./test-outbox.ts";

describe("sending", () => {
	test("OUT-2: everything that is due goes out in the order it was saved, and is at the server then", async () => {
		const outbox = await anOutbox();
		const records = [await outbox.save(aCapture("one")), await outbox.save(aCapture("two"))];
		const backend = scripted();
		expect(await flush(outbox, backend)).toEqual({ kind: "done", accepted: 2, nextAt: null });
		expect(backend.requests[0]).toMatchObject(
			records.map(({ id }) => ({ kind: "record.put", record: { id, version: 1 } })),
		);
		for (const { id } of records) expect((await outbox.get(id))?.state).toBe("stored");
		outbox.close();
	});

	test("OUT-2: a batch holds at most 500 operations", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, maxBatchOperations + 1);
		const backend = scripted();
		await flush(outbox, backend);
		expect(backend.requests.map((request) => request.length)).toEqual([maxBatchOperations, 1]);
		outbox.close();
	}, 30_000);

	test("OUT-2: a batch holds at most 1 MiB of JSON, counted in bytes and not in characters", async () => {
		const outbox = await anOutbox();
		const value = "ü".repeat(100_000);
		for (let made = 0; made < 8; made += 1) {
			await outbox.save(aCapture(`record ${made}`, { fields: { body: { type: "markdown", value } } }));
		}
		const backend = scripted();
		await flush(outbox, backend);
		const sizes = backend.requests.map((operations) => Buffer.byteLength(JSON.stringify({ operations })));
		expect(sizes.length).toBe(2);
		for (const size of sizes) expect(size).toBeLessThanOrEqual(maxBatchBytes);
		outbox.close();
	});

	test("OUT-3: a record that no batch can hold needs the person and stops nobody", async () => {
		const outbox = await anOutbox();
		const value = "x".repeat(maxBatchBytes);
		const large = await outbox.save(aCapture("large", { fields: { body: { type: "markdown", value } } }));
		const small = await outbox.save(aCapture("small"));
		const backend = scripted();
		expect(await flush(outbox, backend)).toEqual({ kind: "done", accepted: 1, nextAt: null });
		expect(backend.requests.map((request) => request.length)).toEqual([1]);
		expect(await outbox.get(large.id)).toMatchObject({
			state: "needs_you",
			problem: { code: "writes/record-too-large" },
		});
		expect((await outbox.get(small.id))?.state).toBe("stored");
		outbox.close();
	});

	test("OUT-2: only one context flushes at a time", async () => {
		const outbox = await anOutbox();
		await outbox.save(aCapture());
		const locks = memoryLocks();
		const second: FlushOutcome[] = [];
		const backend = scripted(async (operations) => {
			second.push(await flush(outbox, backend, { locks }));
			return operations.map(stored);
		});
		await flush(outbox, backend, { locks });
		expect(second).toMatchObject([{ kind: "busy", accepted: 0 }]);
		expect(backend.requests.length).toBe(1);
		outbox.close();
	});

	test("I6: what a stopped worker left on its way goes again under the same operation id", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		const died = new Error("The worker was stopped.");
		const first = scripted(() => {
			throw died;
		});
		expect(await flush(outbox, first).catch((error: unknown) => error)).toBe(died);
		expect((await outbox.get(record.id))?.state).toBe("sending");
		const second = scripted((operations) => operations.map(({ id }) => ({ id, status: "duplicate" })));
		await flush(outbox, second);
		expect(second.requests[0]?.[0]?.id).toBe(first.requests[0]?.[0]?.id ?? "");
		expect((await outbox.get(record.id))?.state).toBe("stored");
		outbox.close();
	});
});

describe("results", () => {
	test("OUT-3, I5: one refused operation is set aside with its reason, the others are taken", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, 3);
		const error = { code: "writes/text-invalid", message: "It holds a character that cannot be stored." } as const;
		const backend = scripted((operations) =>
			operations.map(({ id }, place) => (place === 1 ? { id, status: "rejected", error } : { id, status: "stored" })),
		);
		expect(await flush(outbox, backend)).toEqual({ kind: "done", accepted: 2, nextAt: null });
		expect(await outbox.counts()).toEqual({ waiting: 2, needsYou: 1 });
		const [refused] = (await outbox.unsettled(10)).filter(({ state }) => state === "needs_you");
		expect(refused?.problem).toEqual({ ...error, action: "edit" });
		expect(await flush(outbox, backend)).toMatchObject({ kind: "done", accepted: 0 });
		expect(backend.requests.length).toBe(1);
		outbox.close();
	});

	test("results are told by id: an answer in another order settles the right records", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, 2);
		const error = { code: "writes/target-unknown", message: "The target is gone." } as const;
		const backend = scripted(([first, second]) => [
			{ id: second?.id ?? "", status: "stored" },
			{ id: first?.id ?? "", status: "rejected", error },
		]);
		await flush(outbox, backend);
		const states = new Map((await outbox.unsettled(10)).map(({ source, state }) => [source.title, state]));
		expect(states).toEqual(
			new Map([
				["record 0", "needs_you"],
				["record 1", "stored"],
			] as const),
		);
		outbox.close();
	});

	test("I5: a refusal in another shape than ours is shown in our own words and stops nobody", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, 2);
		const backend = scripted(([first, second]) => [
			{ id: first?.id ?? "", status: "rejected", error: { code: 7, message: { html: "<p>" } } as never },
			stored(second as Operation),
		]);
		expect(await flush(outbox, backend)).toMatchObject({ kind: "done", accepted: 1 });
		expect(await outbox.counts()).toEqual({ waiting: 1, needsYou: 1 });
		const [refused] = (await outbox.unsettled(10)).filter(({ state }) => state === "needs_you");
		expect(refused?.problem?.message).toContain("gave no reason");
		outbox.close();
	});

	test("a missing result or a status we do not know counts as unanswered, and the rest goes on", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, 3);
		const backend = scripted(([first, second]) => [
			stored(first as Operation),
			{ id: second?.id ?? "", status: "postponed" as "stored" },
		]);
		const outcome = await flush(outbox, backend);
		expect(outcome).toEqual({ kind: "done", accepted: 1, nextAt: noon + 500 });
		const entries = await allEntries(outbox.database);
		expect(entries).toMatchObject([
			{ state: "waiting", attempts: 1 },
			{ state: "waiting", attempts: 1 },
		]);
		outbox.close();
	});
});
