import type { FilesOf } from "../connectors/files.ts";
import { workerOf } from "../sync/engine-deps.ts";
import type { BlobDeps } from "./blob-deps.ts";
import { openBlobs, type StoredBlob } from "./read-blob.ts";

type FileDeps = Pick<BlobDeps, "database" | "blobStore" | "log">;

/** The files of a workspace, to be read by ranges: what a connector is handed that reads files. Whose they are is looked up at each opening. */
export function filesIn(deps: FileDeps): FilesOf {
	return (workspaceId) => async (sha256) => {
		const [blob] = await openBlobs(deps, workerOf(workspaceId), [sha256]);
		if (blob === undefined) return null;
		return { byteSize: blob.byteSize, read: (range) => bytesOf(deps, blob, range) };
	};
}

/** Null: they did not come, which is told to whoever runs the server and passes as a rule. */
async function bytesOf(
	{ log }: FileDeps,
	blob: StoredBlob,
	{ start, end }: { start: number; end: number },
): Promise<Uint8Array | null> {
	if (start >= end) return new Uint8Array();
	try {
		const bytes = await blob.read({ from: start, to: end });
		return new Uint8Array(await new Response(bytes).arrayBuffer());
	} catch (error) {
		log.warn({ err: error }, "the store of blobs did not give the bytes of a file");
		return null;
	}
}
