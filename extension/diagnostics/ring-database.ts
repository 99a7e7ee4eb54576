import { type IDBPDatabase, openDB } from "idb";
import { type DatabaseOwner, forgetOthersDatabases, personsDatabase } from "../outbox/persons-database.ts";
import { type Entry, recheckedEntry } from "./entry.ts";

/** OBS-3: how many entries are kept, over all parts of the extension. */
export const ringSize = 4_000;

type RingSchema = {
	entries: { key: number; value: Entry };
	/** `sentTo`: the number of the last entry that was sent to the server, or was there before sending was allowed. */
	meta: { key: string; value: number };
};

/** Entries are numbered in the order in which they were written, and a number is never given twice. */
export type Numbered = { number: number; entry: Entry };

/** One person's last entries on this device, shared by all parts of the extension. */
export type Ring = {
	/** One transaction; the oldest make room. Not strictly durable: a power cut may take the last moments of a log, and nothing waits for a disk. */
	append(entries: readonly Entry[]): Promise<void>;
	/** The oldest first. */
	all(): Promise<Entry[]>;
	/** The oldest that are not sent yet. */
	unsent(limit: number): Promise<Numbered[]>;
	/** Everything up to here counts as sent; without a number, everything that is there. */
	markSent(upTo?: number): Promise<void>;
	clear(): Promise<void>;
	/** Called after any part of the extension wrote. Returns the unsubscribe. */
	onChange(listener: () => void): () => void;
	close(): void;
};

/** A message without content: something was written or cleared. */
export const diagnosticsChannel = "sheaf/diagnostics";

const prefix = "sheaf-diagnostics_";

export function ringName(owner: DatabaseOwner): string {
	return personsDatabase(prefix, owner);
}

/** What one person's Sheaf did is nothing that the next one is shown (ID-8). The guest's is nobody's and stays. */
export async function forgetOthersRings(present: string | null): Promise<void> {
	await forgetOthersDatabases(prefix, present);
}

export async function openRing(owner: DatabaseOwner): Promise<Ring> {
	const database: IDBPDatabase<RingSchema> = await openDB<RingSchema>(ringName(owner), 1, {
		upgrade(upgrading) {
			upgrading.createObjectStore("entries", { autoIncrement: true });
			upgrading.createObjectStore("meta");
		},
		// Deleted at a sign-out: nobody may hold it open.
		blocking: () => database.close(),
	});
	const channel = new BroadcastChannel(diagnosticsChannel);
	return {
		...reading(database),
		...writing(database, () => channel.postMessage(null)),
		onChange: (listener) => {
			channel.addEventListener("message", listener);
			return () => channel.removeEventListener("message", listener);
		},
		close: () => {
			channel.close();
			database.close();
		},
	};
}

type Database = IDBPDatabase<RingSchema>;

function reading(database: Database): Pick<Ring, "all" | "unsent"> {
	return {
		all: async () => kept(await database.getAll("entries")),
		unsent: async (limit) => {
			const sentTo = (await database.get("meta", "sentTo")) ?? 0;
			const { store } = database.transaction("entries");
			const found: Numbered[] = [];
			let last = sentTo;
			// What the catalogue no longer has is passed over, however much there is of it.
			for (let isAll = false; !isAll && found.length < limit; ) {
				const after = IDBKeyRange.lowerBound(last, true);
				const [numbers, entries] = await Promise.all([store.getAllKeys(after, limit), store.getAll(after, limit)]);
				found.push(...numbers.flatMap((number, place) => numbered(number, entries[place])));
				last = numbers.at(-1) ?? last;
				isAll = numbers.length < limit;
			}
			return found.slice(0, limit);
		},
	};
}

function writing(database: Database, told: () => void): Pick<Ring, "append" | "markSent" | "clear"> {
	return {
		append: async (entries) => {
			if (entries.length === 0) return;
			const transaction = database.transaction("entries", "readwrite", { durability: "relaxed" });
			const numbers = await Promise.all(entries.slice(-ringSize).map((entry) => transaction.store.add(entry)));
			// Numbers have no gaps, because a transaction that fails gives its own back: so many below the last are the ones kept.
			const last = numbers.at(-1) ?? 0;
			void transaction.store.delete(IDBKeyRange.upperBound(last - ringSize));
			await transaction.done;
			told();
		},
		markSent: async (upTo) => {
			const transaction = database.transaction(["entries", "meta"], "readwrite");
			const newest = upTo ?? (await transaction.objectStore("entries").openKeyCursor(null, "prev"))?.key ?? 0;
			const meta = transaction.objectStore("meta");
			void meta.put(Math.max(newest, (await meta.get("sentTo")) ?? 0), "sentTo");
			await transaction.done;
		},
		clear: async () => {
			await database.clear("entries");
			told();
		},
	};
}

function numbered(number: number, stored: Entry | undefined): Numbered[] {
	return kept(stored === undefined ? [] : [stored]).map((entry) => ({ number, entry }));
}

function kept(stored: readonly Entry[]): Entry[] {
	return stored.flatMap((entry) => recheckedEntry(entry) ?? []);
}
