import { Faults } from "./faults.ts";
import { Journal } from "./journal.ts";
import { RateLimits } from "./limits.ts";
import { AuthorizationServer } from "./oauth/authorization-server.ts";
import type { State } from "./state.ts";
import { Tokens } from "./tokens.ts";
import { Webhooks } from "./webhooks.ts";

/** Everything one running simulator knows. Single-threaded: a handler that does not await is a transaction. */
export class World {
	readonly state: State;
	readonly tokens = new Tokens();
	readonly oauth = new AuthorizationServer(this.tokens);
	readonly limits = new RateLimits();
	readonly faults = new Faults();
	readonly journal = new Journal();
	readonly webhooks = new Webhooks();
	/** Bases whose workspace has used up its calls of the month. */
	readonly exhausted = new Set<string>();
	readonly #listeners = new Set<() => void>();

	constructor(state: State) {
		this.state = state;
	}

	/** Called after every change of the state, and before the change is answered. */
	changed(): void {
		for (const listener of this.#listeners) listener();
	}

	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}
