import type { AsService } from "../db/as-service.ts";
import { type Budget, blockedForMs, lineOf, reserveSlots } from "./budget.ts";
import { wait } from "./wait.ts";

/** Whom a request is for: a target, or whoever asks in a person's name. */
export type Asking = Budget & {
	party: string;
	/** Whether the call this request is of has had turns already: what was begun is ended before more is begun. */
	isBegun?: boolean;
};

/** `answered` is called once the request's answer has come, or nothing was sent. */
export type Turn = { kind: "go"; answered(): void } | { kind: "blocked"; forMs: number } | { kind: "aborted" };

/** Turns of the last so long count when it is decided whose the next one is, and no more than so many. */
const rememberedMs = 10_000;
const rememberedTurns = 1_000;

/** How far ahead slots are reserved, so that the way to the database costs none of them. */
const aheadSeconds = 0.3;

/** So long before a slot it is looked whether the scope was blocked meanwhile, so that the look does not delay the request. */
const lookMs = 40;

/** On top of the provider's second, for requests that overtake each other on their way. */
const marginMs = 10;

/** How much later than it left a request is taken to have arrived at most; twice as much would cost a twentieth of the rate. */
const lateMs = 20;

/** One book of turns per door to the database: the API's questions and the workers' pushes of a process wait in it together. */
const books = new WeakMap<AsService, Map<string, ScopeTurns>>();

/** Waits for a turn of the scope beside everybody else in this process; see `ScopeTurns`. @throws what the database throws */
export async function takeFairTurn(asService: AsService, asking: Asking, signal: AbortSignal): Promise<Turn> {
	if (signal.aborted) return { kind: "aborted" };
	const book = books.get(asService) ?? new Map<string, ScopeTurns>();
	books.set(asService, book);
	const line = lineOf(asking);
	const known = book.get(line);
	if (known !== undefined) return await known.take(asking, signal);
	for (const [other, turns] of book) if (turns.isForgotten()) book.delete(other);
	const turns = new ScopeTurns(asService, asking);
	book.set(line, turns);
	return await turns.take(asking, signal);
}

type Taken = { party: string; at: number; answeredAt: number | null };
type Waiting = { party: string; isBegun: boolean; settle(turn: Turn): void; fail(error: unknown): void };

/**
 * Who goes next (SYNC-4). Slots are reserved in the database, which all workers share, and each is given to somebody when its
 * moment has come: to the party that had the fewest of late. So a single record passes a backlog of any length after one turn, with all
 * the requests it takes, while two backlogs share what there is.
 */
class ScopeTurns {
	readonly #asService: AsService;
	readonly #budget: Budget;
	#waiting: Waiting[] = [];
	#taken: Taken[] = [];
	#reserved = 0;
	/** Aborted when nobody waits any more. */
	#stop = new AbortController();

	constructor(asService: AsService, budget: Budget) {
		this.#asService = asService;
		this.#budget = budget;
	}

	take({ party, isBegun = false }: Pick<Asking, "party" | "isBegun">, signal: AbortSignal): Promise<Turn> {
		const { promise, resolve, reject } = Promise.withResolvers<Turn>();
		const leave = () => {
			this.#waiting = this.#waiting.filter((other) => other !== waiting);
			if (this.#waiting.length === 0) this.#stop.abort();
			resolve({ kind: "aborted" });
		};
		const waiting: Waiting = {
			party,
			isBegun,
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
		return this.#waiting.length === 0 && this.#reserved === 0 && this.#turnsOfLate().size === 0;
	}

	#reserve(): void {
		const ahead = Math.ceil(this.#budget.requestsPerSecond * aheadSeconds);
		const count = Math.min(ahead, this.#waiting.length) - this.#reserved;
		// Several with one statement, where the pace is fast.
		if (count <= 0 || this.#reserved > ahead / 2) return;
		if (this.#stop.signal.aborted) this.#stop = new AbortController();
		this.#reserved += count;
		void this.#handOut(count, this.#stop.signal);
	}

	async #handOut(count: number, signal: AbortSignal): Promise<void> {
		let given = 0;
		try {
			const slots = await reserveSlots(this.#asService, this.#budget, count);
			const startsAt = performance.now() + (slots?.inMs ?? 0);
			await wait(startsAt - lookMs - performance.now(), signal);
			const forMs = await blockedForMs(this.#asService, this.#budget.scope);
			// Nobody sends anything in this scope for a while, and all are told at once. A block that ends with the slot is none.
			const isBlocked = forMs > (slots === null ? 0 : Math.max(0, startsAt - performance.now() + 1));
			if (isBlocked) for (const each of this.#waiting.splice(0)) each.settle({ kind: "blocked", forMs });
			else if (slots !== null) given = await this.#give({ startsAt, everyMs: slots.everyMs, count }, signal);
		} catch (error) {
			for (const each of this.#waiting.splice(0)) each.fail(error);
		}
		this.#reserved -= count - given;
		this.#reserve();
	}

	/** Returns how many slots were given to somebody, or were nobody's when their moment came. */
	async #give(
		{ startsAt, everyMs, count }: { startsAt: number; everyMs: number; count: number },
		signal: AbortSignal,
	): Promise<number> {
		let given = 0;
		while (given < count && !signal.aborted && this.#waiting.length > 0) {
			await this.#moment(startsAt + given * everyMs, signal);
			given += 1;
			this.#reserved -= 1;
			if (!signal.aborted) this.#letNextGo();
			this.#reserve();
		}
		return given;
	}

	/** A slot's moment, put off while as many requests arrived within a second as are allowed: earlier ones may have come late. */
	async #moment(at: number, signal: AbortSignal): Promise<void> {
		const { requestsPerSecond } = this.#budget;
		const most = Math.max(1, Math.round(requestsPerSecond));
		for (;;) {
			const freeAt = Math.max(
				at,
				this.#arrivedBy(this.#taken.at(-most)) + (most / requestsPerSecond) * 1_000 + marginMs,
			);
			const ms = freeAt - performance.now();
			if (ms <= 0 || signal.aborted) return;
			await wait(ms, signal);
		}
	}

	/**
	 * When a request had reached the provider, as far as can be told: one whose answer took longer than the quickest of late may have been
	 * held up on its way there.
	 */
	#arrivedBy(request: Taken | undefined): number {
		if (request === undefined) return Number.NEGATIVE_INFINITY;
		if (request.answeredAt === null) return request.at + lateMs;
		const quickest = Math.min(
			...this.#taken.map(({ at, answeredAt }) => (answeredAt ?? Number.POSITIVE_INFINITY) - at),
		);
		return Math.min(request.answeredAt - quickest, request.at + lateMs);
	}

	#letNextGo(): void {
		const next = this.#next();
		if (next === undefined) return;
		const taken: Taken = { party: next.party, at: performance.now(), answeredAt: null };
		this.#taken.push(taken);
		next.settle({ kind: "go", answered: () => (taken.answeredAt ??= performance.now()) });
	}

	#next(): Waiting | undefined {
		const turns = this.#turnsOfLate();
		const turnsOf = ({ party }: Waiting) => turns.get(party) ?? 0;
		// Of equals the first one there: `toSorted` keeps their order.
		const [next] = this.#waiting.toSorted((a, b) => turnsOf(a) - turnsOf(b) || Number(b.isBegun) - Number(a.isBegun));
		if (next === undefined) return undefined;
		this.#waiting = this.#waiting.filter((other) => other !== next);
		return next;
	}

	#turnsOfLate(): Map<string, number> {
		const since = performance.now() - rememberedMs;
		this.#taken = this.#taken.filter(({ at }) => at > since).slice(-rememberedTurns);
		const turns = new Map<string, number>();
		for (const { party } of this.#taken) turns.set(party, (turns.get(party) ?? 0) + 1);
		return turns;
	}
}
