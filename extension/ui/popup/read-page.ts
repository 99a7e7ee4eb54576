import { browser } from "wxt/browser";
import type { CaptureFailure } from "../../background/capture-tab.ts";
import type { CaptureDraft, CapturedDocument } from "../../capture/draft.ts";
import type { RecipeReading } from "../../capture/recipes/apply.ts";

/** The page the popup was opened over. `closed`: it gave no draft, and why. */
export type PageReading =
	| { kind: "reading"; url: string; title: string }
	/** `recipes`: how those for this page fared. `rows`: of its longest table or list, where it has one. */
	| { kind: "read"; draft: CaptureDraft; document: CapturedDocument; recipes?: readonly RecipeReading[]; rows?: number }
	| { kind: "closed"; url: string; title: string; because: ClosedBecause };

/** `browser-page`: the browser keeps it to itself; known before it is tried. */
export type ClosedBecause = CaptureFailure | "browser-page";

export type ActiveTab = { id: number; url: string; title: string };

/** The tab the popup belongs to. Opening the popup is the gesture that lets us see its address. */
export async function activeTab(): Promise<ActiveTab | null> {
	const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
	return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? "", title: tab.title ?? "" };
}

/** Reads the page in the tab. `withBody` also takes the article's text, which loads the extractor for it. */
export async function readPage({ id, url, title }: ActiveTab, withBody: boolean): Promise<PageReading> {
	if (url !== "" && !/^https?:/.test(url)) return { kind: "closed", url, title, because: "browser-page" };
	// After the first paint: the popup is there before what reads a page is.
	const { captureTab } = await import("../../background/capture-tab.ts");
	const captured = await captureTab(id, { subject: { of: "page" }, withBody }, url || undefined);
	return "draft" in captured ? { kind: "read", ...captured } : { kind: "closed", url, title, because: captured.failed };
}
