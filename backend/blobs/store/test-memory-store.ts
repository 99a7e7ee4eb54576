import { type BlobStore, BytesMissing, checkedKey, counted } from "./blob-store.ts";

export type MemoryStore = BlobStore & { objects: Map<string, Uint8Array> };

/** The store for tests that are about something else. */
export function createMemoryStore(): MemoryStore {
	const objects = new Map<string, Uint8Array>();
	return {
		objects,
		put: async (key, bytes, byteSize) => {
			const whole = await new Response(counted(bytes, byteSize)).arrayBuffer();
			objects.set(checkedKey(key), new Uint8Array(whole));
		},
		read: async (key, range) => {
			const bytes = objects.get(checkedKey(key));
			if (bytes === undefined) throw new BytesMissing("nothing is under this key");
			return new Blob([Uint8Array.from(bytes.slice(range?.from, range?.to))]).stream();
		},
		remove: async (key) => {
			objects.delete(checkedKey(key));
		},
	};
}
