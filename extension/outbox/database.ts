import { deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { note } from "../diagnostics/note.ts";
import { asOutboxError, OutboxError } from "./outbox-error.ts";
import { type OutboxSchema, type StoreName, schemaVersion, storeNames, upgradeSchema } from "./schema.ts";

export type Reading = IDBPTransaction<OutboxSchema, StoreName[], "readonly" | "readwrite">;
export type Writing = IDBPTransaction<OutboxSchema, StoreName[], "readwrite">;

/** The mark every write leaves, with its durability: what browser tests assert and `bench` measures. */
export const writeMark = "sheaf:outbox-write";

/**
 * One person's records on this device. Every write is one transaction over all stores with strict durability: Chrome's
 * default acknowledges a commit before it is flushed, and a power cut would take a capture that was called saved.
 */
export class OutboxDatabase {
	readonly name: string;
	#connection: Promise<IDBPDatabase<OutboxSchema>> | null = null;
	#closed = false;
	readonly #channel: BroadcastChannel;
	readonly #listeners = new Set<() => void>();

	constructor(name: string) {
		this.name = name;
		this.#channel = new BroadcastChannel(name);
		this.#channel.onmessage = () => this.#tell();
	}

	/** Never await anything but the transaction's own requests in `work`: it would commit half-way. */
	async read<T>(work: (transaction: Reading) => Promise<T>): Promise<T> {
		try {
			const connection = await this.#connect();
			return await work(connection.transaction(storeNames, "readonly"));
		} catch (error) {
			throw asOutboxError(error);
		}
	}

	/**
	 * Resolves when what `work` wrote is on disk; rejects with nothing of it written.
	 * @throws OutboxError `outbox/closed` when its person has signed out: what came later would be nobody's.
	 */
	async write<T>(work: (transaction: Writing) => Promise<T>): Promise<T> {
		return await this.writeSealed(async (transaction) => {
			if (await transaction.objectStore("meta").get("sealed")) throw new OutboxError("outbox/closed");
			return await work(transaction);
		});
	}

	/** For the putting away and taking out itself (`seal.ts`): everybody else's writes are refused meanwhile. */
	async writeSealed<T>(work: (transaction: Writing) => Promise<T>): Promise<T> {
		let transaction: Writing | null = null;
		try {
			const connection = await this.#connect();
			transaction = connection.transaction(storeNames, "readwrite", { durability: "strict" });
			// Awaited below; a rejection that comes while `work` still runs must not count as unhandled.
			transaction.done.catch(() => undefined);
			const result = await work(transaction);
			await transaction.done;
			performance.clearMarks(writeMark);
			performance.mark(writeMark, { detail: { durability: transaction.durability } });
			this.#announce();
			return result;
		} catch (error) {
			if (transaction === null && this.#closed) throw new OutboxError("outbox/closed", { cause: error });
			// The transaction's own error says why it was aborted; a request only says that it was.
			const cause = transaction?.error ?? error;
			abort(transaction);
			throw noted(asOutboxError(cause));
		}
	}

	/** Called after any context committed a write. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	close(): void {
		this.#closed = true;
		this.#listeners.clear();
		this.#channel.close();
		this.#disconnect();
	}

	/** What is written stays written when somebody closes meanwhile: telling it a failure would have it saved twice. */
	#announce(): void {
		if (this.#closed) return;
		this.#channel.postMessage(null);
		this.#tell();
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}

	async #connect(): Promise<IDBPDatabase<OutboxSchema>> {
		if (this.#closed) throw new OutboxError("outbox/closed");
		this.#connection ??= open(this.name, (deleted) => (deleted ? this.close() : this.#disconnect()));
		const opening = this.#connection;
		try {
			return await opening;
		} catch (error) {
			if (this.#connection === opening) this.#connection = null;
			throw error;
		}
	}

	#disconnect(): void {
		const connection = this.#connection;
		this.#connection = null;
		connection?.then((database) => database.close()).catch(() => undefined);
	}
}

/**
 * `letGo` closes our connection when another context wants to upgrade or delete, so that nobody waits for this one. What was deleted
 * must not be made anew by the next look of a page that is still open.
 */
function open(name: string, letGo: (deleted: boolean) => void): Promise<IDBPDatabase<OutboxSchema>> {
	return openDB<OutboxSchema>(name, schemaVersion, {
		upgrade(...[database, oldVersion, , transaction]) {
			// All of it or nothing: half an upgrade would be taken for a whole one the next time.
			upgradeSchema(database, oldVersion, transaction).catch(() => abort(transaction));
		},
		// Older pages of ours close on `blocking`; the upgrade goes on by itself when the last one has.
		blocked: () => undefined,
		blocking: (_version, nextVersion) => letGo(nextVersion === null),
		terminated: () => letGo(false),
	});
}

/** A database that was closed is one that somebody left; everything else is a device in trouble. */
function noted(error: unknown): unknown {
	if (error instanceof OutboxError && error.code !== "outbox/closed") note("storage.failed", { code: error.code });
	return error;
}

function abort(transaction: { abort: () => void } | null): void {
	try {
		transaction?.abort();
	} catch {
		// It has ended already.
	}
}

/** Deletes a whole database. Every context of ours lets go of it when it is asked to (`blocking`). */
export function deleteOutboxDatabase(name: string): Promise<void> {
	return deleteDB(name);
}
