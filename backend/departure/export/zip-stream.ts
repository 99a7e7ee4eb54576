import { Zip, ZipDeflate } from "fflate";

/** A file of the archive; its text, or its bytes, come in pieces of any size. */
export type ArchiveFile = { name: string; content: AsyncIterable<string | Uint8Array> | Iterable<string> };

/** Sizes and places have 32 bits in the format without its 64-bit extension; beyond them nobody could open the archive. */
const formatMaxBytes = 0xffff_ffff;

/**
 * A ZIP of files that are made while it is read: a piece of text is asked for when the reader wants bytes, and is gone when its
 * bytes are.
 *
 * @throws Error when a file, or all of them packed, are more than the format holds (4 GB)
 */
export async function* zipStream(
	files: AsyncIterable<ArchiveFile>,
	{ maxBytes = formatMaxBytes }: { maxBytes?: number } = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
	const refuseMore = (bytes: number) => {
		if (bytes > maxBytes) throw new RangeError("This is more than a ZIP holds.");
	};
	let packedBytes = 0;
	const ready: Uint8Array<ArrayBuffer>[] = [];
	const zip = new Zip((error, bytes) => {
		if (error) throw error;
		packedBytes += bytes.length;
		ready.push(new Uint8Array(bytes));
	});
	const encoder = new TextEncoder();
	for await (const { name, content } of files) {
		// Packing holds up everybody else's requests; above 3 it takes twice as long for a few per cent.
		const file = new ZipDeflate(name, { level: 3 });
		zip.add(file);
		let fileBytes = 0;
		for await (const piece of content) {
			const bytes = typeof piece === "string" ? encoder.encode(piece) : piece;
			fileBytes += bytes.length;
			refuseMore(fileBytes);
			file.push(bytes);
			refuseMore(packedBytes);
			yield* ready.splice(0);
		}
		file.push(new Uint8Array(), true);
		yield* ready.splice(0);
	}
	zip.end();
	refuseMore(packedBytes);
	yield* ready.splice(0);
}
