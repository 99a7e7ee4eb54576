import { describe, expect, test } from "bun:test";
import type { ApiFailureCode } from "../api/api-failure.ts";
import { hurryAll } from "./queue.ts";
import { type Answer, fails, flush, noon, savedMany, scripted } from "./test-flush.ts";
import { aCapture, allEntries, anOutbox, stored } from "./test-outbox.ts";

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

	test("OUT-2: a clock that is set back does not make a back-off or a silence last longer", async () => {
		const yearMs = 31_536_000_000;
		const outbox = await anOutbox();
		await outbox.save(aCapture());
		await flush(outbox, scripted(fails("client/unreachable")), { now: () => noon + yearMs });
		expect(await flush(outbox, scripted(fails("request/rate-limited", 429, 30_000)))).toMatchObject({ kind: "held" });
		expect(await flush(outbox, scripted(), { now: () => noon - yearMs })).toMatchObject({ kind: "done", accepted: 1 });
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
