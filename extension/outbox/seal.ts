import type { OutboxDatabase, Writing } from "./database.ts";
import { completed, type EntryRow, type Parcel, type RecordRow } from "./schema.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** The keys a person's parcels on this device can need; null where there is none. */
export type SealKeys = Record<Parcel["sealedWith"], CryptoKey | null>;

export type SealingKey = { key: CryptoKey; sealedWith: Parcel["sealedWith"] };

/** `aside`: what of a person is not in the outbox and is put away with their rows. */
type Content = { records: RecordRow[]; entries: EntryRow[]; aside?: unknown };

/** A parcel of articles is some 10 MB at most then, which a worker can hold twice. */
const recordsPerParcel = 50;

/**
 * From here on nobody writes: whoever saves is told that the outbox is closed and turns to the one that is open now.
 * Durable before the first row is put away, so that none can come after.
 */
export async function closeToWriters(database: OutboxDatabase): Promise<void> {
	await database.writeSealed((transaction) => transaction.objectStore("meta").put(true, "sealed"));
}

/** Whether its person has signed out. */
export async function isClosedToWriters(database: OutboxDatabase): Promise<boolean> {
	return (await database.read((transaction) => transaction.objectStore("meta").get("sealed"))) === true;
}

/**
 * Puts every row into parcels that only the key opens (ID-8). Each parcel is written in the transaction that deletes its rows, so
 * a stop at any point loses nothing and shows nothing twice; called again, it goes on. The caller has closed the database.
 * @param keyFor asked only when there is something to put away
 */
export async function putAway(database: OutboxDatabase, keyFor: () => Promise<SealingKey>): Promise<void> {
	for (let content = await nextContent(database); content; content = await nextContent(database)) {
		const { records, entries } = content;
		const parcel = await seal(content, { ...(await keyFor()), databaseName: database.name });
		await database.writeSealed(async (transaction) => {
			await Promise.all([
				transaction.objectStore("parcels").put(parcel),
				...records.map(({ id }) => transaction.objectStore("records").delete(id)),
				...entries.map(({ operationId }) => transaction.objectStore("entries").delete(operationId)),
			]);
		});
	}
}

/**
 * Puts away what else there is of the person. The caller takes it from where it was only after this: cut off in between it is there twice,
 * and opened it meets itself.
 */
export async function putAside(
	database: OutboxDatabase,
	aside: unknown,
	keyFor: () => Promise<SealingKey>,
): Promise<void> {
	const options = { ...(await keyFor()), databaseName: database.name };
	const parcel = await seal({ records: [], entries: [], aside }, options);
	await database.writeSealed((transaction) => transaction.objectStore("parcels").put(parcel));
}

/** Records with their operations first, then what is left: removals, which carry their record with them. */
function nextContent(database: OutboxDatabase): Promise<Content | null> {
	return database.read(async (transaction) => {
		const store = transaction.objectStore("entries");
		const records = await transaction.objectStore("records").getAll(null, recordsPerParcel);
		const own = await Promise.all(records.map(({ id }) => store.index("byRecord").getAll(id)));
		const entries = records.length > 0 ? own.flat() : await store.getAll(null, recordsPerParcel);
		return records.length + entries.length === 0 ? null : { records, entries };
	});
}

/**
 * Opens every parcel that the keys open, puts its rows back, and lets writers in again. Each parcel is deleted in the transaction
 * that writes its rows: opened once, also when it is cut off and called again.
 * @param giveBack takes what was put aside; it may be given the same again
 * @returns how many parcels stay closed; they are kept for the next time.
 */
export async function takeOut(
	database: OutboxDatabase,
	keys: SealKeys,
	giveBack: (aside: unknown) => Promise<void> = async () => {},
): Promise<number> {
	const ids = await database.read((transaction) => transaction.objectStore("parcels").getAllKeys());
	let closed = 0;
	for (const id of ids) {
		const parcel = await database.read((transaction) => transaction.objectStore("parcels").get(id));
		if (!parcel) continue;
		const content = await unseal(parcel, { key: keys[parcel.sealedWith], databaseName: database.name });
		if (content?.aside !== undefined) await giveBack(content.aside);
		if (content) await database.writeSealed((transaction) => putBack(transaction, id, content));
		else closed += 1;
	}
	await database.writeSealed((transaction) => transaction.objectStore("meta").delete("sealed"));
	return closed;
}

/** A parcel that was opened late does not undo what has happened to its records since. */
async function putBack(transaction: Writing, parcelId: string, { records, entries }: Content): Promise<void> {
	const rows = transaction.objectStore("records");
	const known = new Set((await Promise.all(records.map(({ id }) => rows.getKey(id)))).filter((id) => id !== undefined));
	await Promise.all([
		...records.filter(({ id }) => !known.has(id)).map((row) => rows.put(completed(row))),
		...entries
			.filter(({ recordId }) => !known.has(recordId))
			.map((entry) => transaction.objectStore("entries").put(completedEntry(entry))),
		transaction.objectStore("parcels").delete(parcelId),
	]);
}

const completedEntry = (entry: EntryRow): EntryRow => ({
	...entry,
	tombstone: entry.tombstone && completed(entry.tombstone),
});

type SealOptions = SealingKey & { databaseName: string };

async function seal(content: Content, { key, sealedWith, databaseName }: SealOptions): Promise<Parcel> {
	const id = uuidV7();
	// Random, not counted: the same key seals on a device that may have been set back to a backup.
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const plain = new TextEncoder().encode(JSON.stringify(content));
	return {
		id,
		sealedWith,
		iv,
		content: await crypto.subtle.encrypt(algorithm(iv, `${databaseName}/${id}`), key, plain),
	};
}

/** @returns null when it is not the key, or the parcel is not what was written. */
async function unseal(
	{ id, iv, content }: Parcel,
	{ key, databaseName }: { key: CryptoKey | null; databaseName: string },
): Promise<Content | null> {
	if (key === null) return null;
	const plain = await crypto.subtle.decrypt(algorithm(iv, `${databaseName}/${id}`), key, content).catch(() => null);
	return plain && (JSON.parse(new TextDecoder().decode(plain)) as Content);
}

/** Bound to its place: a parcel that was carried to another person's database does not open there. */
function algorithm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
	return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) };
}
