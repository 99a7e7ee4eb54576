import { browser } from "wxt/browser";
import type { CapturedDocument } from "../capture/draft.ts";
import type { PagePicture } from "../capture/pictures.ts";

/**
 * The pictures of the document that a record was taken from; null when the tab shows another one by now, or lets nobody look.
 * Needs the gesture that the record was taken with (`activeTab`). Never rejects.
 */
export async function tabPictures({ tabId, documentId, url }: CapturedDocument): Promise<PagePicture[] | null> {
	try {
		const [answer] = await browser.scripting.executeScript({
			// Firefox reports no document id; there the address is the guard.
			target: documentId === "" ? { tabId, frameIds: [0] } : { tabId, documentIds: [documentId] },
			files: ["/capture-pictures.js"],
		});
		const found = answer?.result as { url: string; pictures: PagePicture[] } | null | undefined;
		return found && withoutFragment(found.url) === withoutFragment(url) ? found.pictures : null;
	} catch {
		return null;
	}
}

const withoutFragment = (url: string): string => url.split("#")[0] ?? url;
