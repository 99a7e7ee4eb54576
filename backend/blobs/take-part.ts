import { type BlobHash, type BlobPartTaken, blobPartBytes } from "../contract/blobs.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { wrongType } from "./announce-blob.ts";
import type { FinishDeps } from "./blob-deps.ts";
import { blobNotFound, type KnownBlob, lockBlob } from "./find-blob.ts";
import { finishUpload } from "./finish-upload.ts";
import { beginsAs } from "./sniff.ts";

export type Part = { sha256: BlobHash; offset: number; bytes: Uint8Array };

/**
 * Takes the next part. With the last one the whole is verified and goes to the store before this answers. Two devices that send the same
 * blob at once add to one upload: whoever comes second with a part is told where it stands.
 *
 * @throws SheafError `blobs/not-found` where nobody announced it; `blobs/wrong-offset`, `blobs/media-type`, `blobs/hash-mismatch`;
 *   `request/invalid` for a part of another length than it has to have
 */
export async function takePart(deps: FinishDeps, principal: Principal, part: Part): Promise<BlobPartTaken> {
	const taken = await deps.database.asTenant(principal, async (sql) => {
		const blob = await lockBlob(sql, part.sha256);
		if (blob === null) throw blobNotFound();
		if (blob.receivedBytes === blob.byteSize) return blob;
		return await addPart(sql, blob, part);
	});
	if (taken === null) throw wrongType();
	const { receivedBytes, byteSize } = taken;
	const stored = taken.stored || (receivedBytes === byteSize && (await finishUpload(deps, principal, taken)));
	return { receivedBytes, stored };
}

/** Null: it is not what it was said to be, and its upload is over. */
async function addPart(sql: Transaction, blob: KnownBlob, { offset, bytes }: Part): Promise<KnownBlob | null> {
	const { receivedBytes, byteSize, uploadId } = blob;
	if (offset !== receivedBytes) throw wrongOffset(receivedBytes);
	const due = Math.min(blobPartBytes, byteSize - offset);
	if (bytes.byteLength !== due) {
		const message = `This part has ${bytes.byteLength} bytes; ${due} are due here.`;
		throw new SheafError("request/invalid", message, { details: { dueBytes: due } });
	}
	if (offset === 0 && !beginsAs(blob.mediaType, bytes)) {
		await sql`delete from sheaf.blobs_meta where workspace_id = sheaf.current_workspace() and upload_id = ${uploadId}`;
		return null;
	}
	await sql`insert into sheaf.blob_parts (upload_id, starts_at, bytes) values (${uploadId}, ${offset}, ${Buffer.from(bytes)})`;
	await sql`
		update sheaf.blobs_meta set received_bytes = ${offset + due}, touched_at = now()
		where workspace_id = sheaf.current_workspace() and upload_id = ${uploadId}`;
	return { ...blob, receivedBytes: offset + due };
}

function wrongOffset(receivedBytes: number): SheafError {
	return new SheafError(
		"blobs/wrong-offset",
		"A part of this picture or file arrived out of turn. It goes on by itself.",
		{
			details: { receivedBytes },
		},
	);
}
