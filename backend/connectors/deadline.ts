type Raced<Value> =
	| { kind: "done"; value: Value }
	| { kind: "failed" }
	| { kind: "stopped"; reason: "timeout" | "aborted" };

/** One time limit over several steps, ended early by the caller's signal. `clear` it when the steps are over. */
export class Deadline {
	readonly #stopped: Promise<{ kind: "stopped"; reason: "timeout" | "aborted" }>;
	readonly #controller = new AbortController();
	readonly #timer: NodeJS.Timeout;
	readonly #signal: AbortSignal;
	readonly #onAbort = () => this.#controller.abort("aborted");

	constructor(signal: AbortSignal, timeoutMs: number) {
		this.#signal = signal;
		this.#timer = setTimeout(() => this.#controller.abort("timeout"), timeoutMs);
		this.#stopped = new Promise((resolve) => {
			this.onStop(() => resolve({ kind: "stopped", reason: signal.aborted ? "aborted" : "timeout" }));
		});
		if (signal.aborted) this.#onAbort();
		else signal.addEventListener("abort", this.#onAbort, { once: true });
	}

	onStop(act: () => void): void {
		if (this.#controller.signal.aborted) act();
		else this.#controller.signal.addEventListener("abort", act, { once: true });
	}

	async race<Value>(work: Promise<Value>): Promise<Raced<Value>> {
		const settled = work.then(
			(value): Raced<Value> => ({ kind: "done", value }),
			(): Raced<Value> => ({ kind: "failed" }),
		);
		return Promise.race([this.#stopped, settled]);
	}

	clear(): void {
		clearTimeout(this.#timer);
		this.#signal.removeEventListener("abort", this.#onAbort);
	}
}
