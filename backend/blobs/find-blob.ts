import type { BlobHash } from "../contract/blobs.ts";
import type { Transaction } from "../db/connect.ts";
import { SheafError } from "../errors.ts";

export type KnownBlob = {
	sha256: BlobHash;
	byteSize: number;
	mediaType: string;
	/** With the workspace's id the key in the store (`storeKey`). */
	uploadId: string;
	receivedBytes: number;
	stored: boolean;
};

/** Within a transaction: what the workspace knows of these, in no order; what it does not know is absent. */
export async function findBlobs(sql: Transaction, hashes: readonly BlobHash[]): Promise<KnownBlob[]> {
	return await sql<KnownBlob[]>`${selectBlobs(sql)} and sha256 = any(${hashes}::text[])`;
}

/** The same for one, which nobody else changes until the transaction ends; null where the workspace does not know it. */
export async function lockBlob(sql: Transaction, hash: BlobHash): Promise<KnownBlob | null> {
	const [blob] = await sql<KnownBlob[]>`${selectBlobs(sql)} and sha256 = ${hash} for update`;
	return blob ?? null;
}

function selectBlobs(sql: Transaction) {
	return sql`
		select sha256, byte_size::float8 as byte_size, media_type, upload_id, received_bytes::float8 as received_bytes,
			stored_at is not null as stored
		from sheaf.blobs_meta where workspace_id = sheaf.current_workspace()`;
}

/** Where its bytes are in the store: one workspace's alone, so that nobody learns from a hash what others have. */
export function storeKey(workspaceId: string, uploadId: string): string {
	return `${workspaceId}/${uploadId}`;
}

export function blobNotFound(): SheafError {
	return new SheafError("blobs/not-found", "There is no such picture or file.");
}
