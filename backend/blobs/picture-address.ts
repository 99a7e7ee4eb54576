import { type BlobHash, blobAddressPrefix } from "../contract/blobs.ts";
import type { FieldValue } from "../contract/fields.ts";

const address = /^ni:\/\/\/sha-256;([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

/** The hash of a picture that Sheaf took; null for one of the web, and for every other value. */
export function pictureHash(value: FieldValue): BlobHash | null {
	return value.type === "image" ? (address.exec(value.value)?.[1] ?? null) : null;
}

/** As a field's `value` has it. */
export function pictureAddress(sha256: BlobHash): string {
	return `${blobAddressPrefix}${sha256}`;
}
