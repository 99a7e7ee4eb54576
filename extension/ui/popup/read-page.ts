import { browser } from "wxt/browser";
import { captureTab } from "../../background/capture-tab.ts";
import type { CaptureDraft, CapturedDocument } from "../../capture/draft.ts";

/** The page the popup was opened over. `closed`: it cannot be read, by us or by any extension. */
export type PageReading =
	| { kind: "reading"; url: string; title: string }
	| { kind: "read"; draft: CaptureDraft; document: CapturedDocument }
	| { kind: "closed"; url: string; title: string; browserOwn: boolean };

type ActiveTab = { id: number; url: string; title: string };

/** The tab the popup belongs to. Opening the popup is the gesture that lets us see its address. */
export async function activeTab(): Promise<ActiveTab | null> {
	const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
	return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? "", title: tab.title ?? "" };
}

/** Reads the page in the tab. `withBody` also takes the article's text, which loads the extractor for it. */
export async function readPage(tab: ActiveTab, withBody: boolean): Promise<PageReading> {
	const closed = {
		kind: "closed",
		url: tab.url,
		title: tab.title,
		browserOwn: !/^(https?|file):/.test(tab.url),
	} as const;
	if (closed.browserOwn) return closed;
	const captured = await captureTab(tab.id, { subject: { of: "page" }, withBody });
	return "draft" in captured ? { kind: "read", draft: captured.draft, document: captured.document } : closed;
}
