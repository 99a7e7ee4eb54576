import type { Parcel } from "../outbox/schema.ts";
import type { SealingKey, SealKeys } from "../outbox/seal.ts";
import { uuidV7 } from "../outbox/uuid-v7.ts";
import type { BlobDatabase, BlobRow } from "./blob-database.ts";
import { allBlobs, putParts, readBlob, removeIn } from "./store.ts";

/** What stands before the bytes in a parcel: the row, as JSON after its length in four bytes. */
const lengthBytes = 4;

/** From here on nobody writes; durable before the first picture is put away. */
export async function closeBlobs(database: BlobDatabase): Promise<void> {
	const isClosed = await database.read((transaction) => transaction.objectStore("meta").get("sealed"));
	if (!isClosed) await database.writeSealed((transaction) => transaction.objectStore("meta").put(true, "sealed"));
}

/**
 * Leaves nothing of a person's pictures readable (ID-8): what the server has is dropped, because it can be fetched again; the rest is put
 * into parcels that only the key opens, one picture each, in the transaction that takes it out. Called again, it goes on.
 */
export async function putBlobsAway(database: BlobDatabase, keyFor: () => Promise<SealingKey>): Promise<void> {
	const rows = await allBlobs(database);
	await database.writeSealed(async (transaction) => {
		for (const row of rows.filter(isAtServer)) await removeIn(transaction, row.sha256);
	});
	for (const row of rows.filter((one) => !isAtServer(one))) {
		const bytes = await readBlob(database, row.sha256);
		const parcel = await seal(database.name, await keyFor(), { row, bytes: bytes ?? new Blob() });
		await database.writeSealed(async (transaction) => {
			await transaction.objectStore("parcels").put(parcel);
			await removeIn(transaction, row.sha256);
		});
	}
}

function isAtServer({ places }: BlobRow): boolean {
	const all = Object.values(places);
	return all.length > 0 && all.every(({ state }) => state === "stored");
}

/** Opens what the keys open and lets writers in again. @returns how many stay closed; they are kept for the next time */
export async function takeBlobsOut(database: BlobDatabase, keys: SealKeys): Promise<number> {
	const ids = await database.read((transaction) => transaction.objectStore("parcels").getAllKeys());
	let closed = 0;
	for (const id of ids) {
		const parcel = await database.read((transaction) => transaction.objectStore("parcels").get(id));
		const key = parcel && keys[parcel.sealedWith];
		const content = parcel && key ? await unseal(database.name, key, parcel) : null;
		if (!content) {
			closed += 1;
			continue;
		}
		await database.writeSealed(async (transaction) => {
			const { row, bytes } = content;
			await transaction.objectStore("blobs").put(row);
			await putParts(transaction, row.sha256, bytes);
			await transaction.objectStore("parcels").delete(id);
		});
	}
	await database.writeSealed((transaction) => transaction.objectStore("meta").delete("sealed"));
	return closed;
}

async function seal(
	place: string,
	{ key, sealedWith }: SealingKey,
	{ row, bytes }: { row: BlobRow; bytes: Blob },
): Promise<Parcel> {
	const id = uuidV7();
	const head = new TextEncoder().encode(JSON.stringify(row));
	const plain = await new Blob([Uint32Array.of(head.length), head, bytes]).arrayBuffer();
	const iv = crypto.getRandomValues(new Uint8Array(12));
	return { id, sealedWith, iv, content: await crypto.subtle.encrypt(algorithm(iv, `${place}/${id}`), key, plain) };
}

async function unseal(
	place: string,
	key: CryptoKey,
	{ id, iv, content }: Parcel,
): Promise<{ row: BlobRow; bytes: ArrayBuffer } | null> {
	const plain = await crypto.subtle.decrypt(algorithm(iv, `${place}/${id}`), key, content).catch(() => null);
	if (plain === null) return null;
	const [headBytes = 0] = new Uint32Array(plain.slice(0, lengthBytes));
	const head = new Uint8Array(plain, lengthBytes, headBytes);
	return {
		row: JSON.parse(new TextDecoder().decode(head)) as BlobRow,
		bytes: plain.slice(lengthBytes + headBytes),
	};
}

/** Bound to its place, like the outbox's parcels. */
function algorithm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
	return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) };
}
