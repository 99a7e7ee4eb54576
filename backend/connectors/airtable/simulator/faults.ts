import { type Static, Type } from "@sinclair/typebox";

/**
 * What is to go wrong. "commit" is the moment the request was applied: before it the simulator has done nothing,
 * after it the change stands although the client never learns.
 */
export const FaultEffect = Type.Union([
	/** Answers this instead of the truth; applied first when `afterCommit`. */
	Type.Object({
		kind: Type.Literal("status"),
		status: Type.Integer({ minimum: 200, maximum: 599 }),
		body: Type.Optional(Type.Unknown()),
		headers: Type.Optional(Type.Record(Type.String(), Type.String())),
		afterCommit: Type.Optional(Type.Boolean()),
	}),
	/** Handles the request after this many milliseconds. */
	Type.Object({ kind: Type.Literal("delay"), ms: Type.Integer({ minimum: 0 }) }),
	/** Never answers; applied first when `afterCommit`. */
	Type.Object({ kind: Type.Literal("timeout"), afterCommit: Type.Optional(Type.Boolean()) }),
	/** Waits until it is released, before the commit or after it, and then goes on as if nothing had been. */
	Type.Object({ kind: Type.Literal("hold"), afterCommit: Type.Optional(Type.Boolean()) }),
	Type.Object({ kind: Type.Literal("drop_before") }),
	Type.Object({ kind: Type.Literal("drop_after_commit") }),
	/** Applied, then answered with half a JSON document. */
	Type.Object({ kind: Type.Literal("malformed_json") }),
	/** A gateway's page instead of JSON; nothing is applied. */
	Type.Object({ kind: Type.Literal("html_502") }),
]);
export type FaultEffect = Static<typeof FaultEffect>;

export const FaultRule = Type.Object({
	method: Type.Optional(Type.String()),
	/** The path has to contain this. */
	path: Type.Optional(Type.String()),
	/** How many matching requests pass before the first one is struck. */
	after: Type.Optional(Type.Integer({ minimum: 0 })),
	/** How many are struck; 1 when left out. */
	times: Type.Optional(Type.Integer({ minimum: 1 })),
	effect: FaultEffect,
});
export type FaultRule = Static<typeof FaultRule>;

export type FaultView = { id: number; rule: FaultRule; hits: number; remaining: number };

/** Opened once; who waits on `opened` goes on then. (`Promise.withResolvers` came with Node 22.) */
class Door {
	open: () => void = () => {};
	readonly opened = new Promise<void>((resolve) => {
		this.open = resolve;
	});
}

/** One fault as planned: how often it struck, and the doors that wait on that. */
export class Fault {
	readonly id: number;
	readonly rule: FaultRule;
	hits = 0;
	remaining: number;
	#toPass: number;
	readonly #struck = new Door();
	readonly #released = new Door();

	constructor(id: number, rule: FaultRule) {
		this.id = id;
		this.rule = rule;
		this.remaining = rule.times ?? 1;
		this.#toPass = rule.after ?? 0;
	}

	strikes(method: string, path: string): boolean {
		const { rule } = this;
		if (this.remaining === 0 || (rule.method !== undefined && rule.method !== method)) return false;
		if (rule.path !== undefined && !path.includes(rule.path)) return false;
		if (this.#toPass > 0) {
			this.#toPass -= 1;
			return false;
		}
		this.remaining -= 1;
		return true;
	}

	/** Said when the fault's own moment has come: after the commit for those that strike after it. */
	reached(): void {
		this.hits += 1;
		this.#struck.open();
	}

	/** Resolves once the fault has struck at least once: proof that the point was reached. */
	get struck(): Promise<void> {
		return this.#struck.opened;
	}

	get released(): Promise<void> {
		return this.#released.opened;
	}

	release(): void {
		this.#released.open();
	}

	view(): FaultView {
		return { id: this.id, rule: this.rule, hits: this.hits, remaining: this.remaining };
	}
}

export class Faults {
	#faults: Fault[] = [];
	#lastId = 0;

	plan(rule: FaultRule): Fault {
		this.#lastId += 1;
		const fault = new Fault(this.#lastId, rule);
		this.#faults.push(fault);
		return fault;
	}

	/** The first planned fault that strikes this request, used up by one. */
	take(method: string, path: string): Fault | null {
		return this.#faults.find((fault) => fault.strikes(method, path)) ?? null;
	}

	find(id: number): Fault | null {
		return this.#faults.find((fault) => fault.id === id) ?? null;
	}

	all(): FaultView[] {
		return this.#faults.map((fault) => fault.view());
	}

	clear(): void {
		for (const fault of this.#faults) fault.release();
		this.#faults = [];
	}
}
