import { ApiFailure } from "../api/api-failure.ts";
import type { Client } from "../api/client.ts";
import { t } from "../i18n/t.ts";
import type { BlobDatabase } from "./blob-database.ts";
import { sha256Of } from "./hash.ts";
import { keepBlob, storedPlace } from "./store.ts";

/**
 * Fetches a picture that was taken on another device, and keeps it here once its bytes are what the record refers to.
 * @throws ApiFailure `blobs/not-stored` while only the other device has it; `blobs/hash-mismatch` when other bytes came
 * @throws OutboxError when the disk does not take it
 */
export async function fetchBlob(
	sha256: string,
	place: { client: Pick<Client, "blob" | "announceBlob">; blobs: BlobDatabase; workspaceId: string },
): Promise<Blob> {
	const { client, blobs, workspaceId } = place;
	const bytes = await client.blob(sha256);
	if ((await sha256Of(bytes)) !== sha256) {
		throw new ApiFailure("blobs/hash-mismatch", t("errors.blobs/hash-mismatch"));
	}
	await keepBlob(blobs, bytes, { [workspaceId]: storedPlace });
	// That this device has it too is for others to know, and nothing here depends on it.
	await client.announceBlob({ sha256, byteSize: bytes.size, mediaType: bytes.type }).catch(() => undefined);
	return bytes;
}
