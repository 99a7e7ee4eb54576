import type { Page } from "@playwright/test";

/**
 * Which of these texts are anywhere in what the extension keeps in this browser: every database of IndexedDB with its bytes, every
 * area of extension storage, and the page's own storage. Read from one of the extension's pages, as anybody with the profile could.
 */
export function findStored(extensionPage: Page, texts: readonly string[]): Promise<string[]> {
	return extensionPage.evaluate(async (wanted) => {
		const settled = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error("The request failed."));
			});
		const textsIn = (value: unknown): string[] => {
			if (value instanceof ArrayBuffer) return textsIn(new Uint8Array(value));
			if (ArrayBuffer.isView(value)) {
				return ["latin1", "utf-8", "utf-16le"].map((encoding) => new TextDecoder(encoding).decode(value));
			}
			if (typeof value !== "object" || value === null) return [String(value)];
			return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
		};
		const found: string[] = [localStorage, sessionStorage].map((area) => JSON.stringify(Object.entries(area)));
		const { local, session, sync } = chrome.storage;
		for (const area of [local, session, sync]) found.push(JSON.stringify(await area.get()));
		for (const { name = "" } of await indexedDB.databases()) {
			const database = await settled(indexedDB.open(name));
			for (const store of database.objectStoreNames) {
				const rows = await settled(database.transaction(store).objectStore(store).getAll());
				found.push(name, ...textsIn(rows));
			}
			database.close();
		}
		const everything = found.join("\n");
		return wanted.filter((text) => everything.includes(text));
	}, texts);
}
