import { browser } from "wxt/browser";
import type { CaptureRequest } from "../capture/draft.ts";
import { captureTab, type TabCapture } from "./capture-tab.ts";

/** A page that takes longer is read as far as it has come. */
const loadWithinMs = 20_000;

/**
 * Opens an address in a tab behind the others, reads it and closes the tab again. Its site must be allowed. Never rejects. The background does
 * it, because a panel that is closed meanwhile would leave the tab behind.
 */
export async function readPageAside(url: string, request: CaptureRequest): Promise<TabCapture> {
	let tabId: number | undefined;
	try {
		tabId = (await browser.tabs.create({ url, active: false })).id;
		if (tabId === undefined) return { failed: "not-readable" };
		await loaded(tabId);
		return await captureTab(tabId, request);
	} catch {
		return { failed: "not-readable" };
	} finally {
		// A tab that the person has closed already is what we want.
		if (tabId !== undefined) await browser.tabs.remove(tabId).catch(() => undefined);
	}
}

async function loaded(tabId: number): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let listener: Parameters<typeof browser.tabs.onUpdated.addListener>[0] | undefined;
	const complete = new Promise<void>((resolve) => {
		listener = (id, { status }) => {
			if (id === tabId && status === "complete") resolve();
		};
		browser.tabs.onUpdated.addListener(listener);
		timer = setTimeout(resolve, loadWithinMs);
	});
	try {
		// It may have been quicker than the listener.
		if ((await browser.tabs.get(tabId)).status !== "complete") await complete;
	} finally {
		clearTimeout(timer);
		if (listener) browser.tabs.onUpdated.removeListener(listener);
	}
}
