/** Half open, in bytes: `from` is the first, `to` the one after the last. */
export type ByteRange = { from: number; to: number };

/**
 * Where bytes are. A key is `<workspace>/<upload>`, both UUIDs in lower case: never shared between workspaces, and never given twice, so
 * that what is removed late cannot be what was put meanwhile. Whatever goes wrong there is thrown; a put that failed or was cut off leaves
 * nothing that can be read, and can be done again.
 */
export type BlobStore = {
	/** All of it or nothing: the key can be read only once it has all `byteSize` bytes. Done again, it is the same. */
	put(key: string, bytes: ReadableStream<Uint8Array>, byteSize: number): Promise<void>;
	/**
	 * All of it, or the range. A range beyond the end is cut at the end.
	 *
	 * @throws BytesMissing where nothing is under the key; also while being read, if it is removed then
	 */
	read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
	/** What is gone already counts as removed. */
	remove(key: string): Promise<void>;
};

/** Nothing is under this key. */
export class BytesMissing extends Error {
	override readonly name = "BytesMissing";
}

/** A key becomes a path and an address: nothing else ever does. */
export function checkedKey(key: string): string {
	if (/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/.test(key)) return key;
	throw new Error("this is not the key of a blob");
}

/** Passes the bytes on, and fails where they are not as many as were announced. */
export function counted(bytes: ReadableStream<Uint8Array>, byteSize: number): ReadableStream<Uint8Array> {
	let seen = 0;
	const wrong = () => new Error(`${byteSize} bytes were announced, and ${seen} or more came`);
	return bytes.pipeThrough(
		new TransformStream<Uint8Array, Uint8Array>({
			transform: (chunk, controller) => {
				seen += chunk.byteLength;
				if (seen > byteSize) throw wrong();
				controller.enqueue(chunk);
			},
			flush: () => {
				if (seen !== byteSize) throw wrong();
			},
		}),
	);
}
