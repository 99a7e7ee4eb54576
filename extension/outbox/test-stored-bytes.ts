/**
 * Every text and every byte in every IndexedDB database, as one text to search in: bytes are read as Latin-1, UTF-8 and UTF-16.
 * Keys of the Web Cryptography API are objects without content, as they are for any script.
 */
export async function everythingInIndexedDb(): Promise<string> {
	const found: string[] = [];
	for (const { name = "" } of await indexedDB.databases()) {
		const database = await settled(indexedDB.open(name));
		found.push(name);
		for (const storeName of database.objectStoreNames) {
			const store = database.transaction(storeName).objectStore(storeName);
			const [keys, values] = [settled(store.getAllKeys()), settled(store.getAll())];
			found.push(...textsIn(await keys), ...textsIn(await values));
		}
		database.close();
	}
	return found.join("\n");
}

function textsIn(value: unknown): string[] {
	if (value instanceof ArrayBuffer) return textsIn(new Uint8Array(value));
	if (ArrayBuffer.isView(value)) {
		const even = value.byteLength - (value.byteLength % 2);
		const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
		return [
			...["latin1", "utf-8"].map((encoding) => new TextDecoder(encoding).decode(bytes)),
			new TextDecoder("utf-16le").decode(bytes.slice(0, even)),
		];
	}
	if (typeof value !== "object" || value === null) return [String(value)];
	return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error("The request failed."));
	});
}
