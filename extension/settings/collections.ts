import { type StorageItemKey, storage } from "wxt/utils/storage";
import type { TableColumn, TableRow, TableShape } from "../capture/tables/types.ts";

/** What ends a collection by itself. Pages are documents, presses and scrolls alike. */
export type CollectLimit = { rows: number; pages: number };

/**
 * Why it ended. `last-page`: these are all. `rows`, `pages`: its limit. `stopped`: by the person. `full`: no more fits into the
 * browser's memory for it. `hidden`: the list only grows while its tab is shown. `no-answer`: the page took too long.
 * `no-table`: the document that came has no such table. `not-readable`: the browser lets us read it no more (another site, or
 * Firefox after a change of page): it needs the host's permission. `interrupted`: the extension was stopped or updated.
 */
export type CollectionEnd =
	| "last-page"
	| "rows"
	| "pages"
	| "stopped"
	| "full"
	| "hidden"
	| "no-answer"
	| "no-table"
	| "not-readable"
	| "interrupted";

/** One gathering of rows in a tab, as it stands. Every change is a new value of its item, which pages watch. */
export type Collection = {
	id: string;
	tabId: number;
	/** Where it began; a record of its rows names this page as its source. */
	source: { url: string; title: string };
	table: TableShape;
	/** As found at first, with those that only later pages have at the end. `filled` is over all rows so far. */
	columns: TableColumn[];
	limit: CollectLimit;
	/** How many rows are stored, in how many chunks. */
	rows: number;
	chunks: number;
	/** How many pages were read, or how many times it was pressed or scrolled, the first one included. */
	pages: number;
	/** The address at which it stands. */
	url: string;
	/** null: at work. */
	end: CollectionEnd | null;
};

/** Whether "Go on" can bring more. */
export const mayGoOn = ({ end }: Collection): boolean => end !== null && end !== "last-page" && end !== "full";

/** Whether it has rows, or is getting them, that the page in its tab does not hold by itself: nobody would want to gather those again. */
export const goesBeyondPage = ({ pages, end, limit }: Collection): boolean =>
	pages > 1 || (end === null && limit.pages > 1);

/** Session storage: in memory, gone with the browser, never on disk. Chrome and Firefox give all of it 10 MB. */
export const collectionOf = (tabId: number) =>
	storage.defineItem<Collection | null>(`session:collection/${tabId}`, { fallback: null });

/** The rows of a tab's collection that were chosen among and sent: as many as it had then. */
export const sentOf = (tabId: number) =>
	storage.defineItem<Pick<Collection, "id" | "rows"> | null>(`session:collection-sent/${tabId}`, { fallback: null });

/** The tabs whose collections are at work: what a worker that was stopped leaves behind. */
export const collecting = storage.defineItem<number[]>("session:collecting", { fallback: [] });

const chunkKey = (id: string, chunk: number): StorageItemKey => `session:collection-rows/${id}/${chunk}`;

/** @throws when the browser's 10 MB are used up. */
export const storeChunk = async (collection: Collection, rows: TableRow[]): Promise<void> => {
	await storage.setItem(chunkKey(collection.id, collection.chunks), rows);
};

/** The collected rows in their order, from a chunk on: a page that watches reads only what is new. */
export const readRows = async (collection: Collection, fromChunk = 0): Promise<TableRow[]> => {
	const keys = Array.from({ length: collection.chunks }, (_, chunk) => chunkKey(collection.id, chunk));
	if (keys.length <= fromChunk) return [];
	const stored = await storage.getItems(keys.slice(fromChunk));
	return stored.flatMap(({ value }) => (value as TableRow[] | null) ?? []);
};

/** Forgets a tab's collection and its rows. */
export const dropCollection = async (tabId: number): Promise<void> => {
	const item = collectionOf(tabId);
	const collection = await item.getValue();
	await item.removeValue();
	await sentOf(tabId).removeValue();
	if (collection === null) return;
	const keys = Array.from({ length: collection.chunks + 1 }, (_, chunk) => chunkKey(collection.id, chunk));
	await storage.removeItems(keys);
};

/** Forgets the collections of all tabs, with rows that a collection cut off has left. */
export const dropCollections = async (): Promise<void> => {
	const keys = Object.keys(await storage.snapshot("session")).map((key): StorageItemKey => `session:${key}`);
	await storage.removeItems(keys.filter((key) => /^session:collection(?:-rows)?\//.test(key)));
};
