import { Zip, ZipDeflate } from "fflate";

/** A file of the archive; its text comes in pieces of any size. */
export type ArchiveFile = { name: string; content: AsyncIterable<string> | Iterable<string> };

/**
 * A ZIP of files that are made while it is read: a piece of text is asked for when the reader wants bytes, and is gone when its
 * bytes are. Up to 4 GB, which is what the format without its 64-bit extension holds.
 */
export async function* zipStream(files: AsyncIterable<ArchiveFile>): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
	const ready: Uint8Array<ArrayBuffer>[] = [];
	const zip = new Zip((error, bytes) => {
		if (error) throw error;
		ready.push(new Uint8Array(bytes));
	});
	const encoder = new TextEncoder();
	for await (const { name, content } of files) {
		// Packing holds up everybody else's requests; above 3 it takes twice as long for a few per cent.
		const file = new ZipDeflate(name, { level: 3 });
		zip.add(file);
		for await (const text of content) {
			file.push(encoder.encode(text));
			yield* ready.splice(0);
		}
		file.push(new Uint8Array(), true);
		yield* ready.splice(0);
	}
	zip.end();
	yield* ready.splice(0);
}
