import { browser } from "wxt/browser";
import type { CaptureDraft, CapturedDocument, CaptureReply, CaptureRequest } from "../capture/draft.ts";
import type { Bound } from "../capture/handover.ts";
import type { RecipeReading } from "../capture/recipes/apply.ts";
import { note } from "../diagnostics/note.ts";
import { noteVisits, recipesOfPage } from "./page-recipes.ts";

/**
 * Why a page gave no draft. `not-readable`: the browser lets no extension in (its own pages, the web store, the PDF
 * viewer) or the tab is gone. `document-changed`: it is another page than at the gesture. `no-answer`: it hangs.
 */
export type CaptureFailure = "not-readable" | "document-changed" | "no-answer" | "address-not-http";

export type TabCapture =
	/** `recipes`: how those for this page fared. `rows`: of its longest table or list, where it has one. */
	| { draft: CaptureDraft; document: CapturedDocument; recipes?: readonly RecipeReading[]; rows?: number }
	| { failed: CaptureFailure };

/** A page that is still loading is given this long to finish; one that shows a dialog never answers. */
const answerWithinMs = 5_000;

const timedOut = Symbol("timed out");

async function within<T>(work: Promise<T>): Promise<T | typeof timedOut> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const limit = new Promise<typeof timedOut>((resolve) => {
		timer = setTimeout(() => resolve(timedOut), answerWithinMs);
	});
	try {
		return await Promise.race([work, limit]);
	} finally {
		clearTimeout(timer);
	}
}

const withoutFragment = (url: string): string => url.split("#")[0] ?? url;

/** Injects the script at once, loaded or not: this binds the document as it was at the gesture. It reads nothing yet. */
async function bind(tabId: number): Promise<CapturedDocument | null> {
	const [injected] = await browser.scripting.executeScript({
		target: { tabId, frameIds: [0] },
		files: ["/capture.js"],
		injectImmediately: true,
	});
	const bound = injected?.result as Bound | null | undefined;
	return bound ? { tabId, documentId: injected?.documentId ?? "", url: bound.url } : null;
}

type Answer = { reply: CaptureReply | null; url: string };

/** Asks the bound document and no other: a later document in the tab has another id, and no script to answer. */
async function askDocument(document: CapturedDocument, request: CaptureRequest): Promise<Answer | null> {
	const { tabId, documentId } = document;
	// Firefox reports no document id; there the missing `sheafCapture` of a new document is the guard.
	const target = documentId === "" ? { tabId, frameIds: [0] } : { tabId, documentIds: [documentId] };
	if (request.withBody) await browser.scripting.executeScript({ target, files: ["/capture-body.js"] });
	const [answer] = await browser.scripting.executeScript({
		target,
		// Serialised into the page's isolated world: it can use nothing of this file.
		func: (asked: CaptureRequest) => ({ reply: globalThis.sheafCapture?.(asked) ?? null, url: location.href }),
		args: [request],
	});
	return answer?.result ?? null;
}

async function capture(document: CapturedDocument, request: CaptureRequest): Promise<TabCapture> {
	// A document that is gone rejects by its id: that is a change of page, not an unreadable one.
	const recipes = request.subject.of === "page" ? await recipesOfPage(document.url).catch(() => []) : [];
	const answer = await askDocument(document, { ...request, recipes }).catch(() => null);
	// A page can change its address and content without a new document; one draft must not mix the two.
	if (!answer?.reply || withoutFragment(answer.url) !== withoutFragment(document.url)) {
		return { failed: "document-changed" };
	}
	const { reply } = answer;
	if (reply.ok) {
		const readings = reply.recipes ?? [];
		await noteVisits(document, readings).catch(() => undefined);
		const rows = reply.rows === undefined ? {} : { rows: reply.rows };
		return { draft: reply.draft, document, recipes: readings, ...rows };
	}
	return { failed: reply.reason === "address-not-http" ? "address-not-http" : "no-answer" };
}

/**
 * Reads the page in a tab after a gesture that granted `activeTab`. Never rejects.
 * @param gestureUrl the tab's address at the gesture; when the document has another one by now, it is refused.
 */
export async function captureTab(tabId: number, request: CaptureRequest, gestureUrl?: string): Promise<TabCapture> {
	const began = performance.now();
	const captured = await readTab(tabId, request, gestureUrl);
	const outcome = "draft" in captured ? "read" : captured.failed;
	note("capture.read", { outcome, ms: performance.now() - began });
	return captured;
}

async function readTab(tabId: number, request: CaptureRequest, gestureUrl?: string): Promise<TabCapture> {
	try {
		const document = await within(bind(tabId));
		if (document === timedOut) return { failed: "no-answer" };
		if (document === null) return { failed: "not-readable" };
		if (gestureUrl !== undefined && withoutFragment(gestureUrl) !== withoutFragment(document.url)) {
			return { failed: "document-changed" };
		}
		const captured = await within(capture(document, request));
		return captured === timedOut ? { failed: "no-answer" } : captured;
	} catch {
		return { failed: "not-readable" };
	}
}
