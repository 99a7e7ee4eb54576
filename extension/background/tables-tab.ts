import { browser } from "wxt/browser";
import type { TablesFailure, TablesReply, TablesRequest } from "../capture/tables/types.ts";
import "../capture/tables/handover.ts";

/** Longer than the script itself waits for rows (capture/tables/bounds.ts), so that it is the one to say so. */
const answerWithinMs = 30_000;
/** A page that takes longer is read as far as it has come. */
const loadWithinMs = 20_000;

const failed = (reason: string): TablesFailure => ({ ok: false, reason });

const after = <T>(delayMs: number, value: T): { at: Promise<T>; cancel: () => void } => {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const at = new Promise<T>((resolve) => {
		timer = setTimeout(() => resolve(value), delayMs);
	});
	return { at, cancel: () => clearTimeout(timer) };
};

/** Binds the document that is there now. Binding it again keeps what the script knows of its tables. */
async function bind(tabId: number): Promise<string | null> {
	const [injected] = await browser.scripting.executeScript({
		target: { tabId, frameIds: [0] },
		files: ["/capture.js", "/capture-tables.js"],
	});
	return injected?.result === true ? (injected.documentId ?? "") : null;
}

async function askBound(tabId: number, documentId: string, request: TablesRequest): Promise<TablesReply> {
	// Firefox reports no document id; there the missing `sheafTables` of a new document is the guard.
	const target = documentId === "" ? { tabId, frameIds: [0] } : { tabId, documentIds: [documentId] };
	const [answer] = await browser.scripting.executeScript({
		target,
		// Serialised into the page's isolated world: it can use nothing of this file.
		func: async (asked: TablesRequest) => (await globalThis.sheafTables?.(asked)) ?? null,
		args: [request],
	});
	return answer?.result ?? failed("document-changed");
}

async function askNow(tabId: number, request: TablesRequest): Promise<TablesReply> {
	const documentId = await bind(tabId).catch(() => null);
	if (documentId === null) return failed("not-readable");
	return await askBound(tabId, documentId, request).catch(() => failed("document-changed"));
}

/**
 * Asks the document in a tab about its tables, injecting the script where it is not yet. Never rejects. Reasons besides the
 * script's own: `not-readable`, `document-changed` (it went away while it was asked), `no-answer`.
 */
export async function askTables(tabId: number, request: TablesRequest): Promise<TablesReply> {
	const limit = after(answerWithinMs, failed("no-answer"));
	try {
		return await Promise.race([askNow(tabId, request), limit.at]);
	} finally {
		limit.cancel();
	}
}

/**
 * Resolves when the tab has finished loading, or after the time a page may take.
 * @param begin starts what is waited for; answers whether there is anything to wait for, and whether it is loading already.
 */
async function whenLoaded(tabId: number, begin: () => Promise<{ wait: boolean; loading: boolean }>): Promise<void> {
	const limit = after(loadWithinMs, undefined);
	let listener: Parameters<typeof browser.tabs.onUpdated.addListener>[0] | undefined;
	let loading = false;
	const loaded = new Promise<void>((resolve) => {
		listener = (id, { status }) => {
			if (id !== tabId) return;
			if (status === "loading") loading = true;
			// The end of the document before says nothing about the one to come.
			if (status === "complete" && loading) resolve();
		};
		browser.tabs.onUpdated.addListener(listener);
	});
	try {
		const begun = await begin();
		loading ||= begun.loading;
		if (begun.wait) await Promise.race([loaded, limit.at]);
	} finally {
		limit.cancel();
		if (listener) browser.tabs.onUpdated.removeListener(listener);
	}
}

/** Opens an address in the tab and waits for it to have loaded. Never rejects: a tab that is gone answers nothing later. */
export const goTo = (tabId: number, url: string): Promise<void> =>
	whenLoaded(tabId, async () => {
		const tab = await browser.tabs.update(tabId, { url }).catch(() => undefined);
		return { wait: tab !== undefined, loading: false };
	});

/** Waits for a document that is on its way in the tab. Never rejects. */
export const settled = (tabId: number): Promise<void> =>
	whenLoaded(tabId, async () => {
		const tab = await browser.tabs.get(tabId).catch(() => undefined);
		return { wait: tab?.status === "loading", loading: true };
	});
