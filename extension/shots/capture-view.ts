import { browser } from "wxt/browser";
import { ShotError } from "./shot.ts";

/** Chromium takes at most two views a second of all tabs together; one more is an error. */
const leastMs = 550;

let lastAt = 0;
let turn: Promise<unknown> = Promise.resolve();

/**
 * What a tab shows now, as the browser draws it. Views wait for their turn.
 * @throws ShotError `tab-left` when it is not the one that is shown, `not-readable` when the browser gives none
 */
export function captureView(tabId: number): Promise<ImageBitmap> {
	const next = turn.then(() => capture(tabId));
	turn = next.catch(() => undefined);
	return next;
}

async function capture(tabId: number): Promise<ImageBitmap> {
	const waitMs = Math.min(leastMs, lastAt + leastMs - Date.now());
	if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
	const before = await shownTab(tabId);
	lastAt = Date.now();
	const address = await browser.tabs.captureVisibleTab(before, { format: "png" }).catch(() => null);
	if (address === null) throw new ShotError("not-readable");
	// The person may have gone to another tab in between: its picture is nobody's business.
	await shownTab(tabId);
	return await createImageBitmap(await (await fetch(address)).blob());
}

/** @returns the window that shows the tab */
async function shownTab(tabId: number): Promise<number> {
	const tab = await browser.tabs.get(tabId).catch(() => null);
	if (tab?.windowId === undefined || !tab.active) throw new ShotError("tab-left");
	return tab.windowId;
}
