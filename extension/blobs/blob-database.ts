import { deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { RecordProblem } from "../../backend/contract/errors.ts";
import { asOutboxError, OutboxError } from "../outbox/outbox-error.ts";
import type { Parcel } from "../outbox/schema.ts";

/** How a blob stands in one workspace whose records refer to it. */
export type BlobPlace = {
	/** `refused`: the server does not take it; trying again without a change would end the same, but for its quota. */
	state: "waiting" | "stored" | "refused";
	attempts: number;
	/** Epoch milliseconds before which it is not tried (again). */
	notBefore: number;
	problem: Pick<RecordProblem, "code" | "message"> | null;
};

/** A picture on this device. It has no place as long as no record that was saved refers to it: such a one never leaves the device. */
export type BlobRow = {
	sha256: string;
	byteSize: number;
	mediaType: string;
	/** Epoch milliseconds. */
	keptAt: number;
	/** By workspace id. */
	places: Record<string, BlobPlace>;
};

/** Bytes lie in parts, so that an upload reads, and a sign-out seals, one at a time. */
type PartRow = { sha256: string; offset: number; bytes: ArrayBuffer };

export type BlobMetaKey = "sealed" | "holdUntil";

export type BlobSchema = {
	blobs: { key: string; value: BlobRow };
	parts: { key: [string, number]; value: PartRow };
	parcels: { key: string; value: Parcel };
	meta: { key: BlobMetaKey; value: unknown };
};

const storeNames = ["blobs", "parts", "parcels", "meta"] as const;
type StoreName = (typeof storeNames)[number];
export type BlobReading = IDBPTransaction<BlobSchema, StoreName[], "readonly" | "readwrite">;
export type BlobWriting = IDBPTransaction<BlobSchema, StoreName[], "readwrite">;

const prefix = "sheaf-blobs_";

/** The database of pictures beside an outbox: each person on each device has their own, and so has the guest (ID-8). */
export function blobsName(outboxName: string): string {
	return outboxName.replace(/^sheaf_/, prefix);
}

/** Whether it was ever made: who takes no picture has none, and looking must not make it. */
export async function isThere(name: string): Promise<boolean> {
	return (await indexedDB.databases()).some((database) => database.name === name);
}

/**
 * One person's pictures on this device. Like the outbox, every write is one transaction with strict durability, and nobody writes once
 * its person has signed out. @throws OutboxError from every method
 */
export class BlobDatabase {
	readonly name: string;
	#connection: Promise<IDBPDatabase<BlobSchema>> | null = null;
	readonly #channel: BroadcastChannel;
	readonly #listeners = new Set<() => void>();

	constructor(name: string) {
		this.name = name;
		this.#channel = new BroadcastChannel(name);
		this.#channel.onmessage = () => this.#tell();
	}

	/** Never await anything but the transaction's own requests in `work`: it would commit half-way. */
	async read<T>(work: (transaction: BlobReading) => Promise<T>): Promise<T> {
		try {
			return await work((await this.#connect()).transaction([...storeNames], "readonly"));
		} catch (error) {
			throw asOutboxError(error);
		}
	}

	/** Resolves when it is on disk. @throws OutboxError `outbox/closed` when its person has signed out */
	async write<T>(work: (transaction: BlobWriting) => Promise<T>): Promise<T> {
		return await this.writeSealed(async (transaction) => {
			if (await transaction.objectStore("meta").get("sealed")) throw new OutboxError("outbox/closed");
			return await work(transaction);
		});
	}

	/** For the putting away and taking out itself. */
	async writeSealed<T>(work: (transaction: BlobWriting) => Promise<T>): Promise<T> {
		let transaction: BlobWriting | null = null;
		try {
			transaction = (await this.#connect()).transaction([...storeNames], "readwrite", { durability: "strict" });
			// Awaited below; a rejection that comes while `work` still runs must not count as unhandled.
			transaction.done.catch(() => undefined);
			const result = await work(transaction);
			await transaction.done;
			this.#channel.postMessage(null);
			this.#tell();
			return result;
		} catch (error) {
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
		this.#listeners.clear();
		this.#channel.close();
		this.#disconnect();
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}

	async #connect(): Promise<IDBPDatabase<BlobSchema>> {
		this.#connection ??= openDB<BlobSchema>(this.name, 1, {
			upgrade(database) {
				database.createObjectStore("blobs", { keyPath: "sha256" });
				database.createObjectStore("parts", { keyPath: ["sha256", "offset"] });
				database.createObjectStore("parcels", { keyPath: "id" });
				database.createObjectStore("meta");
			},
			blocking: () => this.#disconnect(),
			terminated: () => this.#disconnect(),
		});
		const opening = this.#connection;
		return await opening.catch((error: unknown) => {
			if (this.#connection === opening) this.#connection = null;
			throw error;
		});
	}

	#disconnect(): void {
		const connection = this.#connection;
		this.#connection = null;
		connection?.then((database) => database.close()).catch(() => undefined);
	}
}

function abort(transaction: { abort: () => void } | null): void {
	try {
		transaction?.abort();
	} catch {
		// It has ended already.
	}
}

export function deleteBlobDatabase(name: string): Promise<void> {
	return deleteDB(name);
}
