import type { BlobUpload } from "../../backend/contract/blobs.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { sha256Of } from "./hash.ts";
import type { UploadClient } from "./upload.ts";

type Stored = { byteSize: number; received: Uint8Array; stored: boolean };

/** A server of blobs in memory with parts of a few bytes, which can be told to fail. */
export class BlobServer {
	readonly partBytes: number;
	readonly blobs = new Map<string, Stored>();
	/** Every part that came, as `offset+length`. */
	readonly parts: string[] = [];
	/** Called before a part is taken; what it throws is the answer. */
	beforePart: (offset: number) => void = () => undefined;
	/** What `announceBlob` is answered with instead. */
	refusal: ApiFailure | null = null;
	damages = 0;

	constructor(partBytes = 4) {
		this.partBytes = partBytes;
	}

	readonly client: UploadClient = {
		announceBlob: async ({ sha256, byteSize }): Promise<BlobUpload> => {
			if (this.refusal) throw this.refusal;
			const known = this.blobs.get(sha256) ?? { byteSize, received: new Uint8Array(), stored: false };
			this.blobs.set(sha256, known);
			return { sha256, stored: known.stored, receivedBytes: known.received.length, partBytes: this.partBytes };
		},
		putBlobPart: async ({ sha256, offset, bytes }) => {
			this.beforePart(offset);
			const known = this.blobs.get(sha256);
			if (!known || known.received.length !== offset) throw refused(409, "blobs/wrong-offset");
			this.parts.push(`${offset}+${bytes.size}`);
			const part = new Uint8Array(await bytes.arrayBuffer());
			known.received = Uint8Array.from([...known.received, ...part]);
			if (known.received.length < known.byteSize) return { receivedBytes: known.received.length, stored: false };
			const whole = known.received.slice();
			const isDamaged = this.damages > 0 || (await sha256Of(whole.buffer)) !== sha256;
			if (isDamaged) {
				this.damages -= 1;
				known.received = new Uint8Array();
				throw refused(422, "blobs/hash-mismatch");
			}
			known.stored = true;
			return { receivedBytes: whole.length, stored: true };
		},
	};
}

export function refused(status: number, code: ApiFailure["code"], retryAfterMs: number | null = null): ApiFailure {
	return new ApiFailure(code, code, { status, retryAfterMs });
}
