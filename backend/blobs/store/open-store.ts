import type { BlobsEnv } from "../../env-blobs.ts";
import type { BlobStore } from "./blob-store.ts";
import { createFileStore } from "./file-store.ts";
import { createS3Store } from "./s3-store.ts";

/** The store that the settings name. Nothing is opened or asked before the first bytes. */
export function openBlobStore(store: BlobsEnv["store"]): BlobStore {
	return store.kind === "s3" ? createS3Store(store) : createFileStore(store.directory);
}
