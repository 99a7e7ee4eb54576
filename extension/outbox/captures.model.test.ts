import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Operation } from "../../backend/contract/writes.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { flushOutbox } from "./flush.ts";
import type { OpenOutbox } from "./outbox.ts";
import { refreshRecords } from "./refresh.ts";
import { ModelBackend, titleOf } from "./test-backend.ts";
import { aCapture, allEntries, anOutbox, aView, home } from "./test-outbox.ts";
import type { Aim, Sent } from "./types.ts";

type Fate = "answered" | "unreachable" | "lost";
type Deed =
	| { do: "send"; targets: number }
	/** `capture` and `record` pick one of those made so far. */
	| { do: "send again" | "edit" | "take back"; capture: number }
	| { do: "edit alone"; record: number };
type Step = Deed | { do: "flush"; fates: readonly Fate[] } | { do: "refresh" };

/** One person who sends captures to several targets, changes them and takes them back. */
class Story {
	readonly backend = new ModelBackend();
	/** By record, what it is to say; null: it was taken back. */
	readonly expected = new Map<string, string | null>();
	/** By capture, its records, and what the last send wrote. */
	readonly captures: { ids: string[]; last: Sent[] }[] = [];
	readonly outbox: OpenOutbox;
	#texts = 0;
	#now = 1_000_000;

	constructor(outbox: OpenOutbox) {
		this.outbox = outbox;
	}

	async takes(step: Step): Promise<void> {
		if (step.do === "flush") await this.flush(step.fates);
		else if (step.do === "refresh") await this.refresh();
		else if (step.do === "send") await this.#sends(Array.from({ length: step.targets }, () => anAim()));
		else if (step.do === "edit alone") await this.#editsAlone(step.record);
		else await this.#changes(step.do, step.capture);
	}

	async #sends(aims: readonly Aim[], capture: { ids: string[]; last: Sent[] } = { ids: [], last: [] }): Promise<void> {
		const text = this.#newText();
		capture.last = await this.outbox.send(aCapture(text), aims);
		for (const { record } of capture.last) this.expected.set(record.id, text);
		if (capture.ids.length > 0) return;
		capture.ids.push(...capture.last.map(({ record }) => record.id));
		this.captures.push(capture);
		expect(capture.ids).toHaveLength(aims.length);
	}

	async #changes(what: "send again" | "edit" | "take back", pick: number): Promise<void> {
		const capture = this.captures[pick % Math.max(1, this.captures.length)];
		if (!capture) return;
		if (what === "take back") return await this.#takesBack(capture);
		const records = await Promise.all(capture.ids.map((id) => this.outbox.get(id)));
		const [first] = records.filter((record) => record !== undefined && this.expected.get(record.id) !== null);
		if (!first) return;
		if (what === "edit") {
			const value = this.#newText();
			for (const { id } of await this.outbox.editCapture(first.id, textOf(value))) this.expected.set(id, value);
			return;
		}
		const there = records.filter((record) => record !== undefined);
		await this.#sends(
			[...new Set([first, ...there])].map(({ id, targetId }) => ({ recordId: id, targetId })),
			capture,
		);
	}

	async #takesBack(capture: { last: Sent[] }): Promise<void> {
		const { last } = capture;
		capture.last = [];
		await this.outbox.takeBack(last.map(({ record, before }) => ({ recordId: record.id, before })));
		for (const { record, before } of last) this.expected.set(record.id, before && titleOf(before.fields));
	}

	async #editsAlone(pick: number): Promise<void> {
		const standing = [...this.expected].filter(([, text]) => text !== null);
		const [id] = standing[pick % Math.max(1, standing.length)] ?? [];
		if (id === undefined || !(await this.outbox.get(id))) return;
		const value = this.#newText();
		await this.outbox.edit(id, textOf(value));
		this.expected.set(id, value);
		// What was sent before is no longer what stands there.
		for (const capture of this.captures) capture.last = capture.last.filter(({ record }) => record.id !== id);
	}

	#newText(): string {
		this.#texts += 1;
		return `text ${this.#texts}`;
	}

	async flush(fates: readonly Fate[]): Promise<void> {
		const left = [...fates];
		this.#now += 3_600_000;
		const writeBatch = async (operations: readonly Operation[]) => {
			const fate = left.shift() ?? "answered";
			if (fate === "unreachable") throw new ApiFailure("client/unreachable", "No network.");
			const results = this.backend.commit(operations);
			if (fate === "lost") throw new ApiFailure("client/timeout", "No answer.");
			return results;
		};
		const place = { workspaceId: home, clientFor: () => ({ writeBatch }), locks: memoryLocks() };
		await flushOutbox({ database: this.outbox.database, ...place, now: () => this.#now, random: () => 0.5 });
	}

	async refresh(): Promise<void> {
		const records = new Map((await this.outbox.all()).map((record) => [record.id, record]));
		const recordsById = async (ids: readonly string[]) =>
			ids.flatMap((id) => {
				const [record, version] = [records.get(id), this.backend.versions.get(id)];
				return record && version !== undefined ? [aView(record, { version, undo: { kind: "remove" } })] : [];
			});
		await refreshRecords({ database: this.outbox.database, workspaceId: home, client: { recordsById } });
	}

	/** I1: what was sent says what the person said last; what was taken back is only shown as that. */
	async expectInvariants(): Promise<void> {
		const entries = await allEntries(this.outbox.database);
		for (const [id, text] of this.expected) {
			const own = entries.filter((entry) => entry.recordId === id && entry.state !== "sending");
			expect(own.length).toBeLessThanOrEqual(1);
			const record = await this.outbox.get(id);
			if (record?.state === "undoing") continue;
			expect({ id, text: record ? titleOf(record.fields) : null }).toEqual({ id, text });
		}
	}

	/** With a backend that answers, everything arrives, and what was taken back is nowhere. */
	async expectArrival(): Promise<void> {
		for (let rounds = 0; rounds < 3; rounds += 1) {
			await this.flush([]);
			await this.refresh();
		}
		for (const [id, text] of this.expected) {
			expect({ id, text: this.backend.titles.get(id) ?? null }).toEqual({ id, text });
			const record = await this.outbox.get(id);
			expect({ id, state: record?.state ?? null }).toEqual({ id, state: text === null ? null : "stored" });
		}
		expect(await allEntries(this.outbox.database)).toEqual([]);
	}
}

const anAim = (): Aim => ({ targetId: crypto.randomUUID(), recordId: null });
const textOf = (value: string) => ({ fields: { title: { type: "text" as const, value } } });

const pick = fc.nat({ max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ do: fc.constant("send" as const), targets: fc.integer({ min: 1, max: 3 }) }) },
	{
		weight: 5,
		arbitrary: fc.record({ do: fc.constantFrom("send again", "edit", "take back", "take back"), capture: pick }),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("edit alone" as const), record: pick }) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant("flush" as const),
			fates: fc.array(fc.constantFrom<Fate>("answered", "unreachable", "lost"), { maxLength: 3 }),
		}),
	},
	{ weight: 3, arbitrary: fc.constant<Step>({ do: "refresh" }) },
);

test("I1, I4: captures to several targets: however they are sent, edited and taken back, each record ends as it was last said", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
			const story = new Story(await anOutbox());
			for (const each of steps) {
				await story.takes(each);
				await story.expectInvariants();
			}
			await story.expectArrival();
			story.outbox.close();
		}),
		{ numRuns: 200 },
	);
}, 60_000);
