import type { AsService } from "../db/as-service.ts";
import { type Budget, type Turn, takeTurn } from "./budget.ts";

/** Whom a request is for: a target, or whoever asks in a person's name. */
export type Asking = Budget & { party: string };

/** Turns of the last so long count when it is decided whose the next one is. */
const rememberedMs = 10_000;

/** How far ahead turns are reserved, so that the way to the database costs none of them. */
const aheadSeconds = 0.3;

/** One book of turns per door to the database: the API's questions and the workers' pushes of a process wait in it together. */
const books = new WeakMap<AsService, Map<string, ScopeTurns>>();

/** Waits for a turn of the scope beside everybody else in this process; see `ScopeTurns`. @throws what the database throws */
export async function takeFairTurn(asService: AsService, asking: Asking, signal: AbortSignal): Promise<Turn> {
	if (signal.aborted) return { kind: "aborted" };
	const book = books.get(asService) ?? new Map<string, ScopeTurns>();
	books.set(asService, book);
	const known = book.get(asking.scope);
	if (known !== undefined) return await known.take(asking.party, signal);
	for (const [scope, turns] of book) if (turns.isForgotten()) book.delete(scope);
	const turns = new ScopeTurns(asService, asking);
	book.set(asking.scope, turns);
	return await turns.take(asking.party, signal);
}

type Waiting = { party: string; settle(turn: Turn): void; fail(error: unknown): void };

/**
 * Who goes next (SYNC-4). A turn is reserved in the database, which all workers share, and given to somebody when its moment
 * has come: to the party that had the fewest of late. So a single record passes a backlog of any length after one turn, with all
 * the requests it takes, while two backlogs share what there is.
 */
class ScopeTurns {
	readonly #asService: AsService;
	readonly #budget: Budget;
	#waiting: Waiting[] = [];
	#taken: { party: string; at: number }[] = [];
	#reserving = 0;
	/** Aborted when nobody waits any more. */
	#stop = new AbortController();

	constructor(asService: AsService, budget: Budget) {
		this.#asService = asService;
		this.#budget = budget;
	}

	take(party: string, signal: AbortSignal): Promise<Turn> {
		const { promise, resolve, reject } = Promise.withResolvers<Turn>();
		const leave = () => {
			this.#waiting = this.#waiting.filter((other) => other !== waiting);
			if (this.#waiting.length === 0) this.#stop.abort();
			resolve({ kind: "aborted" });
		};
		const waiting: Waiting = {
			party,
			settle: (turn) => {
				signal.removeEventListener("abort", leave);
				resolve(turn);
			},
			fail: (error) => {
				signal.removeEventListener("abort", leave);
				reject(error);
			},
		};
		signal.addEventListener("abort", leave, { once: true });
		this.#waiting.push(waiting);
		this.#reserve();
		return promise;
	}

	/** Nobody waits, and whoever had a turn had it so long ago that it counts no more. */
	isForgotten(): boolean {
		return this.#waiting.length === 0 && this.#reserving === 0 && this.#turnsOfLate().size === 0;
	}

	#reserve(): void {
		const ahead = Math.ceil(this.#budget.requestsPerSecond * aheadSeconds);
		if (this.#stop.signal.aborted) this.#stop = new AbortController();
		const { signal } = this.#stop;
		while (this.#reserving < Math.min(ahead, this.#waiting.length)) {
			this.#reserving += 1;
			void this.#reserveOne(signal);
		}
	}

	async #reserveOne(signal: AbortSignal): Promise<void> {
		try {
			const turn = await takeTurn(this.#asService, this.#budget, signal);
			this.#reserving -= 1;
			if (turn.kind === "go") this.#next()?.settle(turn);
			// Nobody sends anything in this scope for a while, and all are told at once.
			else if (turn.kind === "blocked") for (const each of this.#waiting.splice(0)) each.settle(turn);
		} catch (error) {
			this.#reserving -= 1;
			for (const each of this.#waiting.splice(0)) each.fail(error);
		}
		this.#reserve();
	}

	#next(): Waiting | undefined {
		const turns = this.#turnsOfLate();
		const turnsOf = ({ party }: Waiting) => turns.get(party) ?? 0;
		// Of equals the first one there: `toSorted` keeps their order.
		const [next] = this.#waiting.toSorted((a, b) => turnsOf(a) - turnsOf(b));
		if (next === undefined) return undefined;
		this.#waiting = this.#waiting.filter((other) => other !== next);
		this.#taken.push({ party: next.party, at: performance.now() });
		return next;
	}

	#turnsOfLate(): Map<string, number> {
		const since = performance.now() - rememberedMs;
		this.#taken = this.#taken.filter(({ at }) => at > since);
		const turns = new Map<string, number>();
		for (const { party } of this.#taken) turns.set(party, (turns.get(party) ?? 0) + 1);
		return turns;
	}
}
