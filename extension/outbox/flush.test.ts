import { describe, expect, test } from "bun:test";
import type { Operation, OperationResult } from "../../backend/contract/writes.ts";
import { ApiFailure, type ApiFailureCode } from "../api/api-failure.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { maxBatchBytes, maxBatchOperations } from "./batch.ts";
import { type FlushDeps, type FlushOutcome, flushOutbox } from "./flush.ts";
import type { OpenOutbox } from "./outbox.ts";
import { hurryAll } from "./queue.ts";
import { aCapture, allEntries, anOutbox, stored } from "./test-outbox.ts";

type Answer = (operations: readonly Operation[]) => OperationResult[] | Promise<OperationResult[]>;

const takesAll: Answer = (operations) => operations.map(stored);
const fails =
	(code: ApiFailureCode, status?: number, retryAfterMs?: number): Answer =>
	() => {
		const more = { ...(status === undefined ? {} : { status }), retryAfterMs: retryAfterMs ?? null };
		throw new ApiFailure(code, "A sentence.", more);
	};

/** A backend that gives the scripted answers in turn, and then takes everything. */
function scripted(...answers: Answer[]) {
	const requests: Operation[][] = [];
	const writeBatch = async (operations: readonly Operation[]) => {
		requests.push([...operations]);
		return await (answers.shift() ?? takesAll)(operations);
	};
	return { requests, writeBatch };
}

const noon = 1_800_000_000_000;

function flush(outbox: OpenOutbox, client: FlushDeps["client"], more: Partial<FlushDeps> = {}): Promise<FlushOutcome> {
	const locks = memoryLocks();
	return flushOutbox({ database: outbox.database, client, locks, now: () => noon, random: () => 0.5, ...more });
}

async function savedMany(outbox: OpenOutbox, count: number): Promise<void> {
	for (let made = 0; made < count; made += 1) await outbox.save(aCapture(`record ${made}`));
}

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

	test("a removal of what the backend no longer has is done", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		await flush(outbox, scripted());
		await outbox.remove(record.id);
		const error = { code: "records/not-found", message: "There is no such record." } as const;
		await flush(
			outbox,
			scripted((operations) => operations.map(({ id }) => ({ id, status: "rejected", error }))),
		);
		expect(await outbox.get(record.id)).toBeUndefined();
		expect(await allEntries(outbox.database)).toEqual([]);
		outbox.close();
	});
});

describe("failures", () => {
	const unanswered: [string, Answer][] = [
		["no network", fails("client/unreachable")],
		["no answer in time", fails("client/timeout")],
		["an answer that is not ours", fails("client/malformed")],
		["a portal's 403", fails("client/foreign-answer", 403)],
		["an origin that is refused", fails("request/origin-refused", 403)],
		["502", fails("client/foreign-answer", 502)],
		["503 without a time", fails("server/unavailable", 503)],
		["404 from a wrong address", fails("request/not-found", 404)],
		["results for other operations", () => [{ id: "another", status: "stored" }]],
	];
	for (const [name, answer] of unanswered) {
		test(`OUT-2: ${name}: everything waits again under its own id, with back-off`, async () => {
			const outbox = await anOutbox();
			await savedMany(outbox, 2);
			const before = (await allEntries(outbox.database)).map(({ operationId }) => operationId);
			const backend = scripted(answer);
			expect(await flush(outbox, backend)).toEqual({ kind: "later", accepted: 0, nextAt: noon + 500 });
			expect(backend.requests.length).toBe(1);
			const entries = await allEntries(outbox.database);
			expect(entries.map(({ operationId }) => operationId)).toEqual(before);
			for (const entry of entries)
				expect(entry).toMatchObject({ state: "waiting", attempts: 1, notBefore: noon + 500 });
			expect((await outbox.recent(10)).map(({ state }) => state)).toEqual(["local", "local"]);
			outbox.close();
		});
	}

	test("OUT-2: the back-off doubles up to five minutes, is stored, and is obeyed by the next run", async () => {
		const outbox = await anOutbox();
		await outbox.save(aCapture());
		const delays: number[] = [];
		let now = noon;
		for (let attempt = 0; attempt < 11; attempt += 1) {
			const { nextAt } = await flush(outbox, scripted(fails("client/unreachable")), {
				now: () => now,
				random: () => 0.999,
			});
			delays.push((nextAt ?? 0) - now);
			const early = scripted();
			expect(await flush(outbox, early, { now: () => (nextAt ?? 0) - 1 })).toMatchObject({ kind: "done", accepted: 0 });
			expect(early.requests).toEqual([]);
			now = nextAt ?? 0;
		}
		const seconds = delays.map((delay) => Math.ceil(delay / 1_000));
		expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
		outbox.close();
	});

	test("OUT-2: when the network is back, back-offs end", async () => {
		const outbox = await anOutbox();
		await outbox.save(aCapture());
		await flush(outbox, scripted(fails("client/unreachable")));
		await hurryAll(outbox.database);
		expect(await flush(outbox, scripted())).toMatchObject({ kind: "done", accepted: 1 });
		outbox.close();
	});

	for (const [status, code] of [
		[429, "request/rate-limited"],
		[503, "server/unavailable"],
	] as const) {
		test(`OUT-2: ${status} with Retry-After keeps everything still until then, also for a worker that starts anew`, async () => {
			const outbox = await anOutbox();
			await outbox.save(aCapture());
			const backend = scripted(fails(code, status, 30_000));
			expect(await flush(outbox, backend)).toEqual({ kind: "held", accepted: 0, nextAt: noon + 30_000 });
			await outbox.save(aCapture("another"));
			const during = await flush(outbox, backend, { now: () => noon + 29_999 });
			expect(during).toMatchObject({ kind: "held", nextAt: noon + 30_249 });
			expect(backend.requests.length).toBe(1);
			expect((await allEntries(outbox.database)).map(({ attempts }) => attempts)).toEqual([0, 0]);
			expect(await flush(outbox, backend, { now: () => noon + 30_000 })).toMatchObject({ kind: "done", accepted: 2 });
			outbox.close();
		});
	}

	test("OUT-2: signed out: nothing is counted, nothing is lost, all goes after the next sign-in", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, 2);
		expect(await flush(outbox, scripted(fails("client/signed-out")))).toMatchObject({ kind: "signed-out" });
		expect(await flush(outbox, scripted(fails("auth/session-revoked", 401)))).toMatchObject({ kind: "signed-out" });
		expect((await allEntries(outbox.database)).map(({ attempts }) => attempts)).toEqual([0, 0]);
		expect(await flush(outbox, scripted())).toMatchObject({ kind: "done", accepted: 2 });
		outbox.close();
	});

	test("a role that may not write: each record says so and can be tried again", async () => {
		const outbox = await anOutbox();
		const record = await outbox.save(aCapture());
		expect(await flush(outbox, scripted(fails("auth/forbidden", 403)))).toMatchObject({ kind: "done", accepted: 0 });
		expect(await outbox.get(record.id)).toMatchObject({
			state: "needs_you",
			problem: { code: "auth/forbidden", action: "retry" },
		});
		await outbox.retry(record.id);
		expect(await flush(outbox, scripted())).toMatchObject({ kind: "done", accepted: 1 });
		outbox.close();
	});
});

describe("halving", () => {
	const refusesBatchesWith =
		(title: string, code: ApiFailureCode, status: number): Answer =>
		(operations) => {
			const poisoned = operations.some((each) => each.kind === "record.put" && each.record.source.title === title);
			return poisoned ? fails(code, status)(operations) : operations.map(stored);
		};

	for (const [status, code] of [
		[413, "client/foreign-answer"],
		[400, "request/invalid"],
		[422, "request/invalid"],
	] as const) {
		test(`I5: ${status} for the whole batch: halved until the one is found, which is refused`, async () => {
			const outbox = await anOutbox();
			await savedMany(outbox, 9);
			const backend = scripted(...Array.from({ length: 20 }, () => refusesBatchesWith("record 4", code, status)));
			expect(await flush(outbox, backend)).toMatchObject({ kind: "done", accepted: 8 });
			const [refused, ...others] = (await outbox.unsettled(20)).filter(({ state }) => state === "needs_you");
			expect(refused).toMatchObject({ source: { title: "record 4" }, problem: { code } });
			expect(others).toEqual([]);
			outbox.close();
		});
	}

	test("I5: an operation that makes the server fail backs off alone", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, 9);
		const backend = scripted(
			...Array.from({ length: 20 }, () => refusesBatchesWith("record 4", "server/internal", 500)),
		);
		expect(await flush(outbox, backend)).toEqual({ kind: "done", accepted: 8, nextAt: noon + 500 });
		expect(await allEntries(outbox.database)).toMatchObject([{ state: "waiting", attempts: 1 }]);
		outbox.close();
	});

	test("a server that fails on everything is left alone after two single operations", async () => {
		const outbox = await anOutbox();
		await savedMany(outbox, 8);
		const backend = scripted(...Array.from({ length: 20 }, () => fails("server/internal", 500)));
		expect(await flush(outbox, backend)).toMatchObject({ kind: "later", accepted: 0 });
		expect(backend.requests.map((request) => request.length)).toEqual([8, 4, 2, 1, 1]);
		const entries = await allEntries(outbox.database);
		expect(entries.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "waiting" as const));
		expect(entries.map(({ attempts }) => attempts)).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
		outbox.close();
	});
});
