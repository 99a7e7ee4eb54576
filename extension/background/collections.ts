import { browser } from "wxt/browser";
import type { TablesFailure, TablesFound } from "../capture/tables/types.ts";
import type { CollectAnswer, CollectAsk } from "../messages/protocol.ts";
import {
	type Collection,
	type CollectLimit,
	collecting,
	collectionOf,
	dropCollection,
	dropCollections,
	mayGoOn,
	readRows,
	storeChunk,
} from "../settings/collections.ts";
import { type CollectDeps, collectRows } from "./collect-rows.ts";
import { askTables, goTo, settled } from "./tables-tab.ts";

/** What nobody would wait for; a limit beyond it is this one. */
const mostRows = 20_000;
const mostPages = 2_000;

const inTab: CollectDeps = {
	ask: askTables,
	goTo,
	settled,
	storeChunk,
	save: (collection) => collectionOf(collection.tabId).setValue(collection),
};

/** The collections at work, by tab. Gone with the worker: what was at work then is found in `collecting`. */
const running = new Map<number, { stop: AbortController; done: Promise<void> }>();

const fit = ({ rows, pages }: CollectLimit): CollectLimit => ({
	rows: Math.max(1, Math.min(rows, mostRows)),
	pages: Math.max(1, Math.min(pages, mostPages)),
});

const noteRunning = async (): Promise<void> => {
	await collecting.setValue([...running.keys()]);
};

async function work(collection: Collection, signal: AbortSignal): Promise<void> {
	try {
		const seen = (await readRows(collection)).map(({ id }) => id);
		await collectRows(collection, inTab, { seen, signal });
	} finally {
		running.delete(collection.tabId);
		await noteRunning();
	}
}

async function begin(collection: Collection): Promise<CollectAnswer> {
	await collectionOf(collection.tabId).setValue(collection);
	const stop = new AbortController();
	// Session storage that takes no state takes no rows either; the page sees that nothing moves, and can ask again.
	const done = work(collection, stop.signal).catch(() => undefined);
	running.set(collection.tabId, { stop, done });
	await noteRunning();
	return { kind: "started", collectionId: collection.id };
}

/** Ends what is at work in the tab. */
export async function stopCollecting(tabId: number): Promise<void> {
	const at = running.get(tabId);
	at?.stop.abort();
	await at?.done;
}

export async function startCollecting({ tabId, table, limit }: CollectAsk): Promise<CollectAnswer> {
	await stopCollecting(tabId);
	await dropCollection(tabId);
	const tab = await browser.tabs.get(tabId);
	const source = { url: tab.url ?? "", title: tab.title ?? "" };
	const { id, kind, columns } = table;
	const zero = { rows: 0, chunks: 0, pages: 0, end: null };
	const fresh = columns.map((column) => ({ ...column, filled: 0 }));
	return await begin({
		id: crypto.randomUUID(),
		tabId,
		source,
		table: { id, kind, columns },
		columns: fresh,
		limit: fit(limit),
		url: source.url,
		...zero,
	});
}

/** Where a limit was met, the new one counts from the beginning: 500 rows after 200 are 300 more. */
export async function resumeCollecting(tabId: number, limit: CollectLimit): Promise<CollectAnswer> {
	await stopCollecting(tabId);
	const held = await collectionOf(tabId).getValue();
	if (held === null || !mayGoOn(held)) return { kind: "none" };
	const tab = await browser.tabs.get(tabId);
	// The person has gone elsewhere in this tab since. An address that we may not read is another site's.
	if (tab.url !== held.url) await goTo(tabId, held.url);
	// The page at which it stands is read again, and was counted.
	return await begin({ ...held, limit: fit(limit), pages: Math.max(0, held.pages - 1), end: null });
}

/** The tables of a tab's page. */
export async function findTables(tabId: number): Promise<TablesFound | TablesFailure> {
	const reply = await askTables(tabId, { do: "find" });
	return reply.ok && !("tables" in reply) ? { ok: false, reason: "no-answer" } : reply;
}

/** At the start of the worker: collections that the last one was at, which nobody is at any more. */
export async function endInterrupted(): Promise<void> {
	for (const tabId of await collecting.getValue()) {
		const held = await collectionOf(tabId).getValue();
		const dead = held !== null && held.end === null && !running.has(tabId);
		if (dead) await collectionOf(tabId).setValue({ ...held, end: "interrupted" });
	}
	await noteRunning();
}

/** When a tab is closed nobody can go on there, and nobody looks at its rows. */
export async function forgetTab(tabId: number): Promise<void> {
	await stopCollecting(tabId);
	await dropCollection(tabId);
}

/** When their person leaves: ends what is at work, and forgets all of it (ID-8). */
export async function forgetCollections(): Promise<void> {
	await Promise.all([...running.keys()].map(stopCollecting));
	await dropCollections();
}
