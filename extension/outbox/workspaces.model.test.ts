import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Operation } from "../../backend/contract/writes.ts";
import { ApiFailure, workspaceIsGone } from "../api/api-failure.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { flushOutbox } from "./flush.ts";
import { type OpenOutbox, openOutbox } from "./outbox.ts";
import { ModelBackend } from "./test-backend.ts";
import { aCapture } from "./test-outbox.ts";

type Fate = "answered" | "unreachable" | "lost";

/** What happens: the person's deeds, a run of the flusher, and what others do to their place in the team. */
type Deed = { do: "save" } | { do: "edit" | "retry"; record: number };
type Step =
	| Deed
	| { do: "switch" | "removed from the team" | "back in the team" }
	| { do: "flush"; fates: readonly Fate[] };

const [own, team]: [string, string] = [crypto.randomUUID(), crypto.randomUUID()];

/** One person with a workspace of their own and a place in a team's that others can take and give back. */
class Life {
	readonly backends = new Map([own, team].map((id) => [id, new ModelBackend()]));
	readonly owner = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID() };
	/** By record: where it may arrive. The one it was saved in; after the person said so, also where they then were. */
	readonly allowed = new Map<string, Set<string>>();
	readonly versions = new Map<string, number>();
	#current = own;
	#isMember = true;
	#now = 1_000_000;

	async takes(step: Step): Promise<void> {
		if (step.do === "removed from the team") this.#isMember = false;
		else if (step.do === "back in the team") this.#isMember = true;
		else if (step.do === "switch") this.#current = this.#current === own && this.#isMember ? team : own;
		else if (step.do === "flush") await this.flush(step.fates);
		else if (step.do === "save" || "record" in step) await this.using((outbox) => this.#does(outbox, step));
		// Where the person is no longer, they cannot work either.
		if (!this.#isMember) this.#current = own;
	}

	async #does(outbox: OpenOutbox, step: Deed): Promise<void> {
		if (step.do === "save") {
			const record = await outbox.save(aCapture(`record ${this.versions.size}`));
			this.versions.set(record.id, 1);
			this.allowed.set(record.id, new Set([this.#current]));
			return;
		}
		const ids = [...this.versions.keys()];
		const id = ids[step.record % Math.max(1, ids.length)];
		if (id === undefined) return;
		if ((await outbox.get(id))?.workspaceId === "") this.#sendsHere(id);
		if (step.do === "edit") this.versions.set(id, (await outbox.edit(id, { kind: "article" })).version);
		else await outbox.retry(id);
	}

	/** What has lost its workspace goes wherever the person is when it is sent, once they have said so. */
	#sendsHere(id: string): void {
		this.allowed.get(id)?.add(own).add(team);
	}

	async flush(fates: readonly Fate[]): Promise<void> {
		const left = [...fates];
		this.#now += 3_600_000;
		const clientFor = (workspaceId: string) => ({
			writeBatch: async (operations: readonly Operation[]) => {
				if (workspaceId === team && !this.#isMember) throw workspaceIsGone();
				const fate = left.shift() ?? "answered";
				if (fate === "unreachable") throw new ApiFailure("client/unreachable", "No network.");
				const results = this.backends.get(workspaceId)?.commit(operations) ?? [];
				if (fate === "lost") throw new ApiFailure("client/timeout", "No answer.");
				return results;
			},
		});
		const where = { workspaceId: this.#current, clientFor, locks: memoryLocks() };
		const clock = { now: () => this.#now, random: () => 0.5 };
		await this.using(({ database }) => flushOutbox({ database, ...where, ...clock }));
	}

	async using<T>(work: (outbox: OpenOutbox) => Promise<T>): Promise<T> {
		const outbox = await openOutbox({ ...this.owner, workspaceId: this.#current });
		try {
			return await work(outbox);
		} finally {
			outbox.close();
		}
	}

	/** ID-7, ID-8: nothing of one workspace is ever put into another without the person's word. */
	expectPlaces(): void {
		for (const [workspaceId, backend] of this.backends) {
			for (const { recordId } of backend.arrivals) expect(this.allowed.get(recordId)?.has(workspaceId)).toBe(true);
		}
	}

	/** I1: with servers that answer, everything is at its workspace in its last version, or asks the person wherever they are. */
	async expectArrival(): Promise<void> {
		await this.flush([]);
		await this.using(async (outbox) => {
			const asked = new Set((await outbox.unsettled(500)).map(({ id }) => id));
			for (const [id, version] of this.versions) {
				const record = await outbox.get(id);
				expect(record?.version).toBe(version);
				if (record?.state === "needs_you") {
					expect(record).toMatchObject({ workspaceId: "", problem: { code: "client/workspace-gone" } });
					expect(asked.has(id)).toBe(true);
				} else {
					expect(record?.state).toBe("stored");
					expect(this.backends.get(record?.workspaceId ?? "")?.versions.get(id)).toBe(version);
				}
			}
		});
	}
}

const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{ weight: 4, arbitrary: fc.constant<Step>({ do: "save" }) },
		{ weight: 3, arbitrary: fc.record({ do: fc.constantFrom("edit", "retry"), record: fc.nat({ max: 5 }) }) },
		{ weight: 2, arbitrary: fc.constant<Step>({ do: "switch" }) },
		{
			weight: 2,
			arbitrary: fc.constantFrom<Step>({ do: "removed from the team" }, { do: "back in the team" }),
		},
		{
			weight: 4,
			arbitrary: fc.record({
				do: fc.constant("flush"),
				fates: fc.array(fc.constantFrom<Fate>("answered", "unreachable", "lost"), { maxLength: 3 }),
			}),
		},
	),
	{ minLength: 1, maxLength: 25 },
) as fc.Arbitrary<Step[]>;

test("I1, ID-7: however workspaces are switched, left and joined, every record arrives where it belongs or asks", async () => {
	await fc.assert(
		fc.asyncProperty(steps, async (taken) => {
			const life = new Life();
			for (const step of taken) {
				await life.takes(step);
				life.expectPlaces();
			}
			await life.expectArrival();
			life.expectPlaces();
		}),
		{ numRuns: 150 },
	);
}, 60_000);
