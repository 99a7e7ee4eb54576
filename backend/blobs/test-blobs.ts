import { createHash } from "node:crypto";
import { type BlobHash, blobPartBytes } from "../contract/blobs.ts";
import type { Principal } from "../db/principal.ts";
import { announceBlob } from "./announce-blob.ts";
import type { BlobDeps } from "./blob-deps.ts";
import { takePart } from "./take-part.ts";

/** Bytes that begin as a picture of this kind does, and that nothing else has. */
export function testPicture(byteSize = 100): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(byteSize);
	bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	bytes.set(crypto.getRandomValues(new Uint8Array(16)), 8);
	return bytes;
}

export function hashOf(bytes: Uint8Array): BlobHash {
	return createHash("sha256").update(bytes).digest("base64url");
}

/** What the room works with, for a person whose device is signed in under this name; with null none is. */
export function testBlobDeps(
	deps: Pick<BlobDeps, "database" | "blobStore" | "ring" | "log">,
	deviceName: string | null = null,
): BlobDeps {
	const rows = deviceName === null ? [] : [{ deviceName }];
	return {
		...deps,
		quotaBytes: 1024 ** 3,
		identity: {
			asIdentity: (() => Promise.resolve(rows)) as unknown as BlobDeps["identity"]["asIdentity"],
			now: Date.now,
		},
	};
}

/** Announces them and sends every part that is due. @returns their hash */
export async function bringBlob(
	deps: BlobDeps,
	principal: Principal,
	{ bytes, mediaType = "image/png" }: { bytes: Uint8Array; mediaType?: string },
): Promise<BlobHash> {
	const sha256 = hashOf(bytes);
	const announced = { sha256, byteSize: bytes.byteLength, mediaType };
	for (let { receivedBytes, stored } = await announceBlob(deps, principal, announced); !stored; ) {
		const part = bytes.slice(receivedBytes, receivedBytes + blobPartBytes);
		({ receivedBytes, stored } = await takePart(deps, principal, { sha256, offset: receivedBytes, bytes: part }));
	}
	return sha256;
}
