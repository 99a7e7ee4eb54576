import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Operation, OperationResult } from "../../backend/contract/writes.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { flushOutbox } from "./flush.ts";
import { type OpenOutbox, type OutboxOwner, openOutbox } from "./outbox.ts";
import { ModelBackend, titleOf } from "./test-backend.ts";
import { aCapture, allEntries, home } from "./test-outbox.ts";
import type { LocalRecord } from "./types.ts";

/** What a person does; `record` picks one of those made so far. */
type Deed = { do: "save" } | { do: "edit" | "remove" | "undo" | "retry"; record: number };

/** What becomes of one request. `lost`: committed, and the answer never came. `killed`: the worker died before it came. */
type Fate =
	| "answered"
	| "unreachable"
	| "lost"
	| "killed"
	| "killed after commit"
	| "malformed"
	| "defect"
	| "too large";

/** One run of the flusher: the fate of each request in turn, and what the person does while the first is on its way. */
type Step = { deed: Deed } | { flush: readonly Fate[]; meanwhile: readonly Deed[] } | { restart: true };

class WorkerKilled extends Error {}

/** What the person believes: the last title of everything that was saved and not removed. */
class Person {
	readonly ids: string[] = [];
	readonly last = new Map<string, LocalRecord>();
	readonly removed = new Set<string>();
	#made = 0;

	async does(outbox: OpenOutbox, deed: Deed): Promise<void> {
		if (deed.do === "save") {
			this.#made += 1;
			const record = await outbox.save(aCapture(this.#made % 5 === 0 ? "poison" : `record ${this.#made}`));
			this.ids.push(record.id);
			this.last.set(record.id, record);
			return;
		}
		const id = this.ids[deed.record % Math.max(1, this.ids.length)];
		const last = id === undefined ? undefined : this.last.get(id);
		if (!last) return;
		await this.#changes(outbox, deed.do, last);
	}

	async #changes(outbox: OpenOutbox, what: "edit" | "remove" | "undo" | "retry", last: LocalRecord): Promise<void> {
		const isRemoved = this.removed.has(last.id);
		if (what === "undo") {
			this.last.set(last.id, await outbox.restore(last));
			this.removed.delete(last.id);
		} else if (what === "retry") {
			await outbox.retry(last.id);
		} else if (isRemoved) {
			return;
		} else if (what === "remove") {
			await outbox.remove(last.id);
			this.removed.add(last.id);
		} else {
			const value = `edit ${last.version + 1}`;
			this.last.set(last.id, await outbox.edit(last.id, { fields: { title: { type: "text", value } } }));
		}
	}
}

/** The whole of one history, with what is asserted after each step. */
class History {
	readonly backend = new ModelBackend();
	readonly person = new Person();
	readonly #owner: OutboxOwner = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID(), workspaceId: home };
	#outbox: OpenOutbox | null = null;
	#now = 1_000_000;

	async outbox(): Promise<OpenOutbox> {
		this.#outbox ??= await openOutbox(this.#owner);
		return this.#outbox;
	}

	async takes(step: Step): Promise<void> {
		const outbox = await this.outbox();
		if ("deed" in step) await this.person.does(outbox, step.deed);
		else if ("restart" in step) this.close();
		else await this.flush(step.flush, step.meanwhile);
	}

	close(): void {
		this.#outbox?.close();
		this.#outbox = null;
	}

	async flush(fates: readonly Fate[], meanwhile: readonly Deed[]): Promise<void> {
		const outbox = await this.outbox();
		const left = [...fates];
		let deeds = [...meanwhile];
		// Past every back-off, so that each run tries everything.
		this.#now += 3_600_000;
		const writeBatch = async (operations: readonly Operation[]) => {
			for (const deed of deeds) await this.person.does(outbox, deed);
			deeds = [];
			return this.#answer(left.shift() ?? "answered", operations);
		};
		// A lock of its own for each run: a dead worker's lock is released by the browser.
		const place = { workspaceId: home, clientFor: () => ({ writeBatch }) };
		const deps = { database: outbox.database, ...place, locks: memoryLocks() };
		await flushOutbox({ ...deps, now: () => this.#now, random: () => 0.5 }).catch((error: unknown) => {
			if (!(error instanceof WorkerKilled)) throw error;
		});
	}

	#answer(fate: Fate, operations: readonly Operation[]): OperationResult[] {
		if (fate === "killed") throw new WorkerKilled();
		if (fate === "unreachable") throw new ApiFailure("client/unreachable", "No network.");
		if (fate === "malformed") return [{ id: "", status: "stored" }];
		if (fate === "defect") throw new ApiFailure("server/internal", "A defect.", { status: 500 });
		if (fate === "too large" && operations.length > 1) {
			throw new ApiFailure("request/too-large", "Too large.", { status: 413 });
		}
		const results = this.backend.commit(operations);
		if (fate === "lost") throw new ApiFailure("client/timeout", "No answer.");
		if (fate === "killed after commit") throw new WorkerKilled();
		return results;
	}

	/** What holds at every moment. */
	async expectInvariants(): Promise<void> {
		const outbox = await this.outbox();
		const entries = await allEntries(outbox.database);
		for (const id of this.person.ids) {
			const own = entries.filter(({ recordId }) => recordId === id);
			expect(own.filter(({ state }) => state !== "sending").length).toBeLessThanOrEqual(1);
			expect(own.filter(({ state }) => state === "sending").length).toBeLessThanOrEqual(1);
			await this.#expectNotLost(outbox, id, own.length > 0);
		}
		this.#expectOrder();
	}

	/** I1 and I4: what was saved is at the backend in its last version, or an operation waits, or the person is asked. */
	async #expectNotLost(outbox: OpenOutbox, id: string, hasEntry: boolean): Promise<void> {
		const record = await outbox.get(id);
		if (this.person.removed.has(id)) {
			if (record) expect(record.state).toBe("needs_you");
			if (!hasEntry) expect(this.backend.versions.has(id)).toBe(false);
			return;
		}
		expect(record).toBeDefined();
		expect(record?.version).toBe(this.person.last.get(id)?.version);
		if (!hasEntry) {
			expect(record?.state).toBe("stored");
			expect(this.backend.versions.get(id)).toBe(record?.version ?? 0);
		}
	}

	/** Between two removals a record's versions arrive in growing order, each once. */
	#expectOrder(): void {
		const latest = new Map<string, number>();
		for (const { recordId, version } of this.backend.arrivals) {
			if (version === "removal") continue;
			expect(version).toBeGreaterThan(latest.get(recordId) ?? 0);
			latest.set(recordId, version);
		}
	}

	/** With a backend that answers, everything arrives. */
	async expectArrival(): Promise<void> {
		await this.flush([], []);
		const outbox = await this.outbox();
		for (const id of this.person.ids) {
			const record = await outbox.get(id);
			if (this.person.removed.has(id)) {
				expect(record).toBeUndefined();
				expect(this.backend.versions.has(id)).toBe(false);
			} else if (record?.state === "needs_you") {
				expect(record.source.title).toBe("poison");
				expect(record.problem?.code).toBe("writes/text-invalid");
			} else {
				expect(record?.state).toBe("stored");
				expect(this.backend.versions.get(id)).toBe(record?.version ?? 0);
				expect(this.backend.titles.get(id)).toBe(titleOf(this.person.last.get(id)?.fields ?? {}));
			}
		}
		expect((await allEntries(outbox.database)).filter(({ state }) => state !== "refused")).toEqual([]);
	}
}

const index = fc.nat({ max: 5 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<Deed>({ do: "save" }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constantFrom("edit", "remove", "undo", "retry"), record: index }) },
);
const fate = fc.constantFrom<Fate>(
	...([
		"answered",
		"unreachable",
		"lost",
		"killed",
		"killed after commit",
		"malformed",
		"defect",
		"too large",
	] as const),
);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ deed }) },
	{
		weight: 4,
		arbitrary: fc.record({ flush: fc.array(fate, { maxLength: 3 }), meanwhile: fc.array(deed, { maxLength: 3 }) }),
	},
	{ weight: 1, arbitrary: fc.constant<Step>({ restart: true }) },
);

test("I1, I4: whatever the person and the network do, nothing is lost, doubled, reordered or overwritten", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
			const history = new History();
			for (const each of steps) {
				await history.takes(each);
				await history.expectInvariants();
			}
			await history.expectArrival();
			history.close();
		}),
		{ numRuns: 150 },
	);
}, 60_000);
