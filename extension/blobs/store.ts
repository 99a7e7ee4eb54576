import type { BlobDatabase, BlobPlace, BlobRow, BlobWriting } from "./blob-database.ts";
import { sha256Of } from "./hash.ts";

/** As large as the server's parts, so that each is read once. */
const partBytes = 1024 * 1024;

/** A place that nothing has been tried in yet. */
export const newPlace: BlobPlace = { state: "waiting", attempts: 0, notBefore: 0, problem: null };
/** A place where the server has it. */
export const storedPlace: BlobPlace = { ...newPlace, state: "stored" };

/**
 * Keeps a picture. On disk once it resolves, and only then may a record refer to it; the same picture twice is kept once.
 * @param places where the server has it already
 * @throws OutboxError with nothing of it kept
 */
export async function keepBlob(
	database: BlobDatabase,
	bytes: Blob,
	places: Record<string, BlobPlace> = {},
): Promise<BlobRow> {
	const whole = await bytes.arrayBuffer();
	const sha256 = await sha256Of(whole);
	return await database.write(async (transaction) => {
		const known = await transaction.objectStore("blobs").get(sha256);
		const row: BlobRow = {
			sha256,
			byteSize: whole.byteLength,
			mediaType: known?.mediaType ?? bytes.type,
			// Kept again, it is wanted again: what clears away looks at the age.
			keptAt: Date.now(),
			places: { ...known?.places, ...places },
		};
		await transaction.objectStore("blobs").put(row);
		if (known) return row;
		await putParts(transaction, sha256, whole);
		return row;
	});
}

export async function putParts(transaction: BlobWriting, sha256: string, whole: ArrayBuffer): Promise<void> {
	for (let offset = 0; offset < whole.byteLength; offset += partBytes) {
		await transaction.objectStore("parts").put({ sha256, offset, bytes: whole.slice(offset, offset + partBytes) });
	}
}

export function allBlobs(database: BlobDatabase): Promise<BlobRow[]> {
	return database.read((transaction) => transaction.objectStore("blobs").getAll());
}

/** What is known of a picture on this device; undefined: it is not here. */
export function blobRow(database: BlobDatabase, sha256: string): Promise<BlobRow | undefined> {
	return database.read((transaction) => transaction.objectStore("blobs").get(sha256));
}

/** The bytes from `start` to before `end`, or to the end; null: they are not here. */
export async function readBlob(
	database: BlobDatabase,
	sha256: string,
	{ start = 0, end = Number.MAX_SAFE_INTEGER }: { start?: number; end?: number } = {},
): Promise<Blob | null> {
	const first = Math.floor(start / partBytes) * partBytes;
	const { row, parts } = await database.read(async (transaction) => ({
		row: await transaction.objectStore("blobs").get(sha256),
		parts: await transaction.objectStore("parts").getAll(partsOf(sha256, first, end)),
	}));
	if (!row) return null;
	const found = new Blob(
		parts.map(({ bytes }) => bytes),
		{ type: row.mediaType },
	);
	return found.slice(start - first, Math.min(end, row.byteSize) - first, row.mediaType);
}

/** The parts that hold bytes from `start` (the beginning of a part) to before `end`. */
function partsOf(sha256: string, start: number, end: number): IDBKeyRange {
	return IDBKeyRange.bound([sha256, start], [sha256, end], false, true);
}

/** Changes how a blob stands; one that is gone meanwhile stays so. `place` null: no record there refers to it any more. */
export function setPlace(
	database: BlobDatabase,
	{ sha256, workspaceId }: { sha256: string; workspaceId: string },
	place: BlobPlace | null,
): Promise<void> {
	return database.write(async (transaction) => {
		const row = await transaction.objectStore("blobs").get(sha256);
		if (!row) return;
		const { [workspaceId]: _before, ...others } = row.places;
		await transaction
			.objectStore("blobs")
			.put({ ...row, places: place ? { ...others, [workspaceId]: place } : others });
	});
}

export function removeBlobs(database: BlobDatabase, hashes: readonly string[]): Promise<void> {
	return database.write(async (transaction) => {
		for (const sha256 of hashes) await removeIn(transaction, sha256);
	});
}

export async function removeIn(transaction: BlobWriting, sha256: string): Promise<void> {
	await transaction.objectStore("blobs").delete(sha256);
	await transaction.objectStore("parts").delete(partsOf(sha256, 0, Number.MAX_SAFE_INTEGER));
}

/**
 * Moves pictures to another person's: a guest's to the account that their records go to. Each is copied whole before it goes, so that a
 * move that was cut off is finished by the next one. What is not there (any more) was moved before.
 */
export async function moveBlobs(from: BlobDatabase, to: BlobDatabase, hashes: readonly string[]): Promise<void> {
	for (const sha256 of hashes) {
		const [row, bytes] = [await blobRow(from, sha256), await readBlob(from, sha256)];
		if (!row || !bytes) continue;
		await keepBlob(to, bytes);
		await removeBlobs(from, [sha256]);
	}
}
