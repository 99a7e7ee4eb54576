import { type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { asOutboxError, OutboxError } from "./outbox-error.ts";
import type { LocalRecord, OutboxEntry } from "./types.ts";

/** Which list a record is counted in: what waits, what needs the person, or neither. */
export type Standing = "waiting" | "needs_you" | "settled";

/** A stored record. The two columns beyond `LocalRecord` are the outbox's own and never leave the room. */
export type RecordRow = LocalRecord & {
	standing: Standing;
	/** Whether the backend may know the record: set before the first request that carries it. */
	everSent: boolean;
};

/** A stored operation. A removal keeps the record it took away, so that a refused one can show it again. */
export type EntryRow = OutboxEntry & { tombstone: RecordRow | null };

/** `holdUntil`: the server asked for silence. `claim`, `moved/…`: the move of guest captures. */
export type MetaKey = "holdUntil" | "claim" | `moved/${string}`;

export type OutboxSchema = {
	records: {
		key: string;
		value: RecordRow;
		indexes: { byNormalUrl: string; byUpdatedAt: number; byStanding: Standing };
	};
	entries: { key: string; value: EntryRow; indexes: { byRecord: string; byDue: [OutboxEntry["state"], number] } };
	meta: { key: MetaKey; value: unknown };
};

type StoreName = "records" | "entries" | "meta";
export type Reading = IDBPTransaction<OutboxSchema, StoreName[], "readonly" | "readwrite">;
export type Writing = IDBPTransaction<OutboxSchema, StoreName[], "readwrite">;

const stores: StoreName[] = ["records", "entries", "meta"];
const schemaVersion = 1;
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
			return await work(connection.transaction(stores, "readonly"));
		} catch (error) {
			throw asOutboxError(error);
		}
	}

	/** Resolves when what `work` wrote is on disk; rejects with nothing of it written. */
	async write<T>(work: (transaction: Writing) => Promise<T>): Promise<T> {
		let transaction: Writing | null = null;
		try {
			const connection = await this.#connect();
			transaction = connection.transaction(stores, "readwrite", { durability: "strict" });
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
			throw asOutboxError(cause);
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
		this.#connection ??= open(this.name, () => this.#disconnect());
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

/** `letGo` closes our connection when another context wants to upgrade or delete, so that nobody waits for this one. */
function open(name: string, letGo: () => void): Promise<IDBPDatabase<OutboxSchema>> {
	return openDB<OutboxSchema>(name, schemaVersion, {
		upgrade(database, oldVersion) {
			if (oldVersion < 1) createFirstSchema(database);
		},
		// Older pages of ours close on `blocking`; the upgrade goes on by itself when the last one has.
		blocked: () => undefined,
		blocking: letGo,
		terminated: letGo,
	});
}

function createFirstSchema(database: IDBPDatabase<OutboxSchema>): void {
	const records = database.createObjectStore("records", { keyPath: "id" });
	records.createIndex("byNormalUrl", "normalUrl");
	records.createIndex("byUpdatedAt", "updatedAt");
	records.createIndex("byStanding", "standing");
	const entries = database.createObjectStore("entries", { keyPath: "operationId" });
	entries.createIndex("byRecord", "recordId");
	entries.createIndex("byDue", ["state", "notBefore"]);
	database.createObjectStore("meta");
}

function abort(transaction: Writing | null): void {
	try {
		transaction?.abort();
	} catch {
		// It has ended already.
	}
}
