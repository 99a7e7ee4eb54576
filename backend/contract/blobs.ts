import { type Static, Type } from "@sinclair/typebox";
import { Uuid } from "./ids.ts";

/**
 * SHA-256 of the bytes, base64url without padding. The last of its 43 characters carries four bits only, so that no two spellings name the
 * same bytes.
 */
export const BlobHash = Type.String({
	pattern: "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$",
	description: "SHA-256 of the bytes, base64url.",
});
export type BlobHash = Static<typeof BlobHash>;

/** How a field `{ type: "image" }` says that its picture was taken by Sheaf (RFC 6920 §3): this, then the 43 characters. */
export const blobAddressPrefix = "ni:///sha-256;";
export const maxPictureBytes = 20 * 1024 * 1024;
export const maxFileBytes = 100 * 1024 * 1024;
/** All parts have this many bytes but for the last one. */
export const blobPartBytes = 1024 * 1024;

/** What a blob can be: the bytes of a picture are looked at whether they are one. No SVG: it can hold script. */
export const pictureTypes = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"] as const;
export const fileTypes = [
	"text/csv",
	"text/tab-separated-values",
	"text/plain",
	"application/json",
	"application/x-ndjson",
] as const;

/** `POST /api/v1/blobs`: the device of this session has these bytes. Begins their upload or says how far it came; again: the same answer. */
export const BlobAnnounce = Type.Object({
	sha256: BlobHash,
	byteSize: Type.Integer({ minimum: 1 }),
	/** One of `pictureTypes` or `fileTypes`, in lower case, without parameters. Else `blobs/media-type`. */
	mediaType: Type.String({ minLength: 3, maxLength: 100 }),
});
export type BlobAnnounce = Static<typeof BlobAnnounce>;

/** `receivedBytes` is the offset of the next part; `stored`: all of it is there and was verified, nothing is to be sent. */
export const BlobUpload = Type.Object({
	sha256: BlobHash,
	stored: Type.Boolean(),
	receivedBytes: Type.Integer({ minimum: 0 }),
	partBytes: Type.Integer({ minimum: 1 }),
});
export type BlobUpload = Static<typeof BlobUpload>;

/** `PUT /api/v1/blobs/{sha256}/parts/{offset}`, the body is the part's bytes (`application/octet-stream`). */
export const BlobPartTaken = Type.Object({ receivedBytes: Type.Integer({ minimum: 0 }), stored: Type.Boolean() });
export type BlobPartTaken = Static<typeof BlobPartTaken>;

/** `details` of `blobs/wrong-offset`: from where the next part is to be sent. */
export const WrongOffsetDetails = Type.Object({ receivedBytes: Type.Integer({ minimum: 0 }) });
export type WrongOffsetDetails = Static<typeof WrongOffsetDetails>;

/** `POST /api/v1/blobs/lookup`: what is known of these; those that the workspace does not know are left out. */
export const BlobLookup = Type.Object({ sha256: Type.Array(BlobHash, { minItems: 1, maxItems: 100 }) });
export type BlobLookup = Static<typeof BlobLookup>;

/** A device that has the bytes and is signed in to the workspace. */
export const BlobDevice = Type.Object({
	id: Uuid,
	name: Type.String(),
	thisDevice: Type.Boolean(),
});
export type BlobDevice = Static<typeof BlobDevice>;

export const BlobView = Type.Object({
	sha256: BlobHash,
	byteSize: Type.Integer(),
	mediaType: Type.String(),
	/** The bytes are at the server. */
	stored: Type.Boolean(),
	devices: Type.Array(BlobDevice),
});
export type BlobView = Static<typeof BlobView>;

export const BlobList = Type.Object({ blobs: Type.Array(BlobView) });
export type BlobList = Static<typeof BlobList>;

/** `details` of `blobs/not-stored`: a device that has it, where one is known. */
export const NotStoredDetails = Type.Object({ case: Type.Literal("device"), deviceName: Type.String() });
export type NotStoredDetails = Static<typeof NotStoredDetails>;
