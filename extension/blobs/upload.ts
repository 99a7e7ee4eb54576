import { ApiFailure, unreadableAnswer } from "../api/api-failure.ts";
import type { Client } from "../api/client.ts";

/** Bytes that are to be at the server: a `Blob` or `File` with its hash, or what reads a part of them from somewhere else. */
export type BlobSource = {
	/** Of all the bytes (`sha256Of`). */
	sha256: string;
	byteSize: number;
	/** One of the contract's `pictureTypes` or `fileTypes`. */
	mediaType: string;
	read: (start: number, end: number) => Promise<Blob>;
};

/** The calls that an upload makes: a client's, or a test's. */
export type UploadClient = Pick<Client, "announceBlob" | "putBlobPart">;

export type UploadOptions = {
	client: UploadClient;
	signal?: AbortSignal;
	/** After the announcement and after every part: how many bytes the server has. */
	onProgress?: (receivedBytes: number) => void;
};

/** How often an upload that the server found damaged, or out of turn, is begun anew before it is a failure. */
const maxNewBeginnings = 2;

/** The source of a whole file or picture that is at hand. */
export function sourceOf(bytes: Blob, sha256: string, mediaType = bytes.type): BlobSource {
	return { sha256, byteSize: bytes.size, mediaType, read: async (start, end) => bytes.slice(start, end) };
}

/**
 * Brings bytes to the server, part after part from where an earlier upload ended; the server verifies their hash. Resolves once they
 * are stored there. Can be cut off anywhere and called again.
 * @throws ApiFailure as the requests do: `blobs/too-large`, `blobs/quota-exceeded`, `blobs/media-type` will not go better by themselves;
 * `blobs/hash-mismatch` when the bytes arrived damaged several times
 */
export async function uploadBlob(source: BlobSource, options: UploadOptions): Promise<void> {
	const { client, signal, onProgress } = options;
	const { sha256, byteSize, mediaType } = source;
	for (let beginnings = 0; ; beginnings += 1) {
		const upload = await client.announceBlob({ sha256, byteSize, mediaType }, signal);
		onProgress?.(upload.stored ? byteSize : upload.receivedBytes);
		if (upload.stored) return;
		try {
			return await sendParts(source, upload, options);
		} catch (error) {
			if (!isWorthAnother(error) || beginnings === maxNewBeginnings) throw error;
		}
	}
}

type From = { receivedBytes: number; partBytes: number };

async function sendParts(source: BlobSource, from: From, { client, signal, onProgress }: UploadOptions): Promise<void> {
	const { sha256, byteSize } = source;
	for (let offset = from.receivedBytes; ; ) {
		const bytes = await source.read(offset, Math.min(offset + from.partBytes, byteSize));
		const taken = await client.putBlobPart({ sha256, offset, bytes }, signal);
		onProgress?.(taken.receivedBytes);
		if (taken.stored) return;
		// A server that takes nothing would have the same part sent for ever.
		if (taken.receivedBytes <= offset) throw unreadableAnswer(null);
		offset = taken.receivedBytes;
	}
}

/** Asked anew, the server says from where to go on: another context sent a part, or all of it is to be sent again. */
function isWorthAnother(error: unknown): boolean {
	return error instanceof ApiFailure && (error.code === "blobs/wrong-offset" || error.code === "blobs/hash-mismatch");
}
