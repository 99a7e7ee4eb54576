import type { BlobHash } from "../contract/blobs.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { BlobDeps } from "./blob-deps.ts";
import { blobNotFound, findBlobs, storeKey } from "./find-blob.ts";
import { whoHasIt } from "./presence.ts";
import { type BlobStore, type ByteRange, BytesMissing } from "./store/blob-store.ts";

/** A blob whose bytes are in the store. */
export type StoredBlob = {
	sha256: BlobHash;
	byteSize: number;
	mediaType: string;
	/** @throws BytesMissing where the store has lost them, and whatever else the store throws */
	read(range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
};

/** Those of them that are stored, for the engine and for sources; what is not stored, or not known, is absent. */
export async function openBlobs(
	{ database, blobStore }: { database: { asTenant: AsTenant }; blobStore: Pick<BlobStore, "read"> },
	principal: Principal,
	hashes: readonly BlobHash[],
): Promise<StoredBlob[]> {
	const blobs = await database.asTenant(principal, (sql) => findBlobs(sql, hashes));
	return blobs.flatMap(({ sha256, byteSize, mediaType, uploadId, stored }) => {
		const key = storeKey(principal.workspaceId, uploadId);
		return stored ? [{ sha256, byteSize, mediaType, read: (range?: ByteRange) => blobStore.read(key, range) }] : [];
	});
}

/**
 * One for a person who wants its bytes.
 *
 * @throws SheafError `blobs/not-found`; `blobs/not-stored`, with the device that has it, where one is known
 */
export async function openBlob(deps: BlobDeps, principal: Principal, sha256: BlobHash): Promise<StoredBlob> {
	const [blob] = await openBlobs(deps, principal, [sha256]);
	if (blob === undefined) throw await notStored(deps, principal, sha256);
	return {
		...blob,
		read: async (range) => {
			try {
				return await blob.read(range);
			} catch (error) {
				deps.log.error({ workspaceId: principal.workspaceId, err: error }, "a stored blob could not be read");
				if (error instanceof BytesMissing) throw await notStored(deps, principal, sha256);
				throw new SheafError(
					"server/unavailable",
					"Pictures and files cannot be read right now. Try again in a moment.",
				);
			}
		},
	};
}

async function notStored(deps: BlobDeps, principal: Principal, sha256: BlobHash): Promise<SheafError> {
	const known = await deps.database.asTenant(principal, (sql) => findBlobs(sql, [sha256]));
	if (known.length === 0) return blobNotFound();
	const device = await whoHasIt(deps, principal, sha256);
	const where = device === null ? "the device that has it" : `“${device.deviceName}”, which has it`;
	const message = `This picture or file is not at the server yet. Open Sheaf on ${where}.`;
	return new SheafError("blobs/not-stored", message, device === null ? {} : { details: device });
}
