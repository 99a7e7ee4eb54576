/**
 * A file's text as whole units, so that everything below can look for quotes and line breaks by number: bytes where the letters of ASCII are
 * bytes of their own (UTF-8, windows-1252), pairs of bytes in UTF-16. A position among the units times `width` is a position in the file.
 */
export type Units = Uint8Array | Uint16Array;

export const lineFeed = 10;
export const carriageReturn = 13;
export const space = 32;
export const quote = 34;

export type Encoding = {
	/** Bytes of a unit. */
	width: 1 | 2;
	/** Whether the first byte of a pair weighs more. */
	isBigEndian: boolean;
	/** Bytes before the text: its byte order mark. */
	markBytes: number;
};

const onlyAscii = { width: 1, isBigEndian: false } as const;
const lookedAt = 4_096;
/** Of the pairs in a text of UTF-16 without a mark, this many are letters of ASCII at least: line breaks, delimiters, figures. */
const leastShare = 0.3;

/** The encoding by the file's first bytes: a mark says it, else NUL bytes on one side of each pair do. Null: no text, but an archive or a picture. */
export function encodingOf(start: Uint8Array): Encoding | null {
	const [first, second, third] = start;
	if (first === 0xef && second === 0xbb && third === 0xbf) return { ...onlyAscii, markBytes: 3 };
	if (first === 0xff && second === 0xfe) return { width: 2, isBigEndian: false, markBytes: 2 };
	if (first === 0xfe && second === 0xff) return { width: 2, isBigEndian: true, markBytes: 2 };
	const head = start.subarray(0, lookedAt);
	const nuls = [0, 0] as [even: number, odd: number];
	for (let at = 0; at < head.length; at += 1) if (head[at] === 0) nuls[at % 2 === 0 ? 0 : 1] += 1;
	const [even, odd] = nuls;
	if (even + odd === 0) return { ...onlyAscii, markBytes: 0 };
	const [more, fewer] = [Math.max(even, odd), Math.min(even, odd)];
	const isText = more > (head.length / 2) * leastShare && more > fewer * 3;
	return isText ? { width: 2, isBigEndian: even > odd, markBytes: 0 } : null;
}

/** Bytes as units; of a pair that is cut off at the end of the file nothing is left. */
export function unitsOf(bytes: Uint8Array, { width, isBigEndian }: Encoding): Units {
	if (width === 1) return bytes;
	const units = new Uint16Array(bytes.length >> 1);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at < units.length; at += 1) units[at] = view.getUint16(at * 2, !isBigEndian);
	return units;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder("utf-16le", { ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252", { ignoreBOM: true });

/**
 * The text of a piece of the file. What is not UTF-8 is read as windows-1252, piece by piece: a file that is ASCII for its first megabyte says only
 * at its first “é” which of the two it is.
 */
export function textOf(units: Units): string {
	if (units instanceof Uint16Array) return utf16.decode(units);
	try {
		return utf8.decode(units);
	} catch {
		return windows1252.decode(units);
	}
}
