import { S3Client } from "bun";
import { type BlobStore, BytesMissing, checkedKey, counted } from "./blob-store.ts";

export type S3Settings = {
	/** Of the service, without the bucket. */
	endpoint: string;
	bucket: string;
	region: string;
	accessKeyId: string;
	secretAccessKey: string;
};

/** Above this an object travels in parts of this size (at least 5 MiB: S3's "multipart upload limits"); they are held in memory. */
const partBytes = 8 * 1024 * 1024;
/** From a stream: one that fails aborts its upload, which a writer of Bun's does not (its `end(error)` completes what was sent so far). */
const writing = { partSize: partBytes, queueSize: 2, type: "application/octet-stream" };
/** Per part. A service that answers neither way for so long is taken as away: whoever waits for it tries again later. */
const patienceMs = 60_000;

/**
 * Bytes in a bucket of an S3-compatible service, in path style (`endpoint/bucket/key`), which all of them understand. The address is the
 * operator's own setting; nothing a person sends reaches it but the bytes.
 */
export function createS3Store(settings: S3Settings, waitMs: number = patienceMs): BlobStore {
	const client = new S3Client({ ...settings, retry: 3 });
	return {
		put: async (key, bytes, byteSize) => {
			const body = new Response(counted(bytes, byteSize));
			const parts = Math.ceil(byteSize / partBytes);
			await soon(client.file(checkedKey(key)).write(body, writing), waitMs * parts);
		},
		read: async (key, range) => {
			const file = client.file(checkedKey(key));
			const part = range === undefined ? file : file.slice(range.from, range.to);
			return await begun(part.stream(), waitMs);
		},
		remove: async (key) => {
			await soon(client.file(checkedKey(key)).delete(), waitMs).catch(unlessMissing);
		},
	};
}

/** Asked for its first bytes at once: what is wrong is said before an answer with these bytes has begun. */
async function begun(stream: ReadableStream<Uint8Array>, waitMs: number): Promise<ReadableStream<Uint8Array>> {
	const reader = stream.getReader();
	const next = () => soon(reader.read(), waitMs);
	const first = await next().catch((error: unknown) => {
		if (isMissing(error)) throw new BytesMissing("nothing is under this key", { cause: error });
		throw error;
	});
	let ahead: typeof first | null = first;
	return new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			const { done, value } = ahead ?? (await next());
			ahead = null;
			if (done) controller.close();
			else controller.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason),
	});
}

async function soon<Value>(work: Promise<Value>, waitMs: number): Promise<Value> {
	const { promise, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new Error("the store of blobs does not answer")), waitMs);
	try {
		return await Promise.race([work, promise]);
	} finally {
		clearTimeout(timer);
	}
}

function unlessMissing(error: unknown): void {
	if (!isMissing(error)) throw error;
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "NoSuchKey";
}
