import { OutboxDatabase, type Writing } from "./database.ts";

/** The worker was stopped here. */
export class Stopped extends Error {}

/** A database as a worker uses it that is stopped at its nth write: before it begins, or after it was committed. */
export class StoppedDatabase extends OutboxDatabase {
	#left: number;
	readonly #when: "before" | "after";

	constructor(name: string, writes: number, when: "before" | "after" = "before") {
		super(name);
		this.#left = writes;
		this.#when = when;
	}

	override async writeSealed<T>(work: (transaction: Writing) => Promise<T>): Promise<T> {
		const last = this.#left === 0;
		this.#left -= 1;
		if (last && this.#when === "before") throw new Stopped();
		const result = await super.writeSealed(work);
		if (last) throw new Stopped();
		return result;
	}
}
