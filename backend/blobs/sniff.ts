import { fileTypes, maxFileBytes, maxPictureBytes, pictureTypes } from "../contract/blobs.ts";

type PictureType = (typeof pictureTypes)[number];

/**
 * How each kind of picture begins (WHATWG MIME Sniffing §6.1; AVIF: the brand of ISO/IEC 23000-22). `null`: any byte. Complete by type: a kind
 * that is allowed and not known here does not compile.
 */
const beginnings: Readonly<Record<PictureType, readonly (readonly (number | null)[])[]>> = {
	"image/png": [[0x89, ...letters("PNG"), 0x0d, 0x0a, 0x1a, 0x0a]],
	"image/jpeg": [[0xff, 0xd8, 0xff]],
	"image/gif": [letters("GIF87a"), letters("GIF89a")],
	"image/webp": [[...letters("RIFF"), null, null, null, null, ...letters("WEBP")]],
	"image/avif": ["ftypavif", "ftypavis"].map((brand) => [null, null, null, null, ...letters(brand)]),
};

export function isPicture(mediaType: string): mediaType is PictureType {
	return pictureTypes.some((type) => type === mediaType);
}

/** How large it may be; null: nothing of this kind is kept. */
export function maxBytesOf(mediaType: string): number | null {
	if (isPicture(mediaType)) return maxPictureBytes;
	return fileTypes.some((type) => type === mediaType) ? maxFileBytes : null;
}

/** Whether bytes begin as what they are said to be. Texts begin in any way; they are never shown as a page. */
export function beginsAs(mediaType: string, bytes: Uint8Array): boolean {
	if (!isPicture(mediaType)) return true;
	return beginnings[mediaType].some((beginning) => beginning.every((byte, at) => byte === null || byte === bytes[at]));
}

function letters(text: string): number[] {
	return [...Buffer.from(text, "latin1")];
}
