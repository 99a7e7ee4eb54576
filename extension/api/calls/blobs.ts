import type { BlobAnnounce, BlobList, BlobPartTaken, BlobUpload, BlobView } from "../../../backend/contract/blobs.ts";
import type { Requester } from "../request.ts";
import { isAnything, isBlob, withKey, withList } from "../shapes.ts";

/** A request with a part or a whole blob takes longer than one with a sentence, and still less than a worker is given. */
const bytesTimeoutMs = 24_000;

export function blobCalls(request: Requester) {
	return {
		/** This device has these bytes. @returns how far their upload has come; can be repeated */
		announceBlob(body: BlobAnnounce, signal?: AbortSignal): Promise<BlobUpload> {
			const answers = withKey<BlobUpload>("receivedBytes");
			return request({ method: "POST", path: "/api/v1/blobs", body, answers, signal });
		},
		/** The next part, of at most `partBytes`. @throws ApiFailure `blobs/wrong-offset`, `blobs/hash-mismatch` */
		putBlobPart(
			{ sha256, offset, bytes }: { sha256: string; offset: number; bytes: Blob },
			signal?: AbortSignal,
		): Promise<BlobPartTaken> {
			const path = `/api/v1/blobs/${sha256}/parts/${offset}`;
			const answers = withKey<BlobPartTaken>("receivedBytes");
			return request({ method: "PUT", path, bytes, answers, timeoutMs: bytesTimeoutMs, signal });
		},
		/** What the server knows of them (at most 100); those that the workspace does not know are not among the answers. */
		async lookUpBlobs(sha256: readonly string[]): Promise<BlobView[]> {
			const answers = withList<BlobList>("blobs");
			return (await request({ method: "POST", path: "/api/v1/blobs/lookup", body: { sha256 }, answers })).blobs;
		},
		/** The bytes themselves, not verified. @throws ApiFailure `blobs/not-stored`, which says who has them */
		blob(sha256: string): Promise<Blob> {
			const path = `/api/v1/blobs/${sha256}`;
			return request<Blob>({ path, accepts: "blob", answers: isBlob, timeoutMs: bytesTimeoutMs });
		},
		/** This device has dropped its copy. */
		async dropBlobPresence(sha256: string): Promise<void> {
			const path = `/api/v1/blobs/${sha256}/presence`;
			await request({ method: "DELETE", path, answers: isAnything });
		},
	};
}
