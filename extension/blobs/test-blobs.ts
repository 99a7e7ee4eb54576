import "fake-indexeddb/auto";
import { BlobDatabase, blobsName } from "./blob-database.ts";

/** A person's pictures, of their own for one test. */
export function someBlobs(): BlobDatabase {
	return new BlobDatabase(blobsName(`sheaf_${crypto.randomUUID()}_${crypto.randomUUID()}`));
}

/** A picture as far as anything here looks at it. */
export function aPicture(text: string = crypto.randomUUID(), type = "image/png"): Blob {
	return new Blob([text], { type });
}
