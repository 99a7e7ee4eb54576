import { browser } from "wxt/browser";
import type { OutboxCounts } from "../outbox/types.ts";
import { badgeColors, badgeFor } from "./badge-text.ts";

export const showBadge = async (counts: OutboxCounts): Promise<void> => {
	const { text, title, color } = badgeFor(counts);
	await browser.action.setBadgeBackgroundColor({ color });
	await browser.action.setBadgeTextColor({ color: "#ffffff" });
	await browser.action.setBadgeText({ text });
	await browser.action.setTitle({ title });
};

/**
 * Says something about one tab on the button, over the counts. The browser takes it back when the tab goes to another
 * page; `null` takes it back now. A tab that is gone needs no hint.
 */
export const showHint = async (tabId: number, hint: string | null): Promise<void> => {
	try {
		// Without a text the tab shows the common badge again; a title has no such way back.
		await browser.action.setBadgeText(hint === null ? { tabId } : { tabId, text: "!" });
		const title = hint === null ? await browser.action.getTitle({}) : `Sheaf: ${hint}`;
		await browser.action.setTitle({ tabId, title });
		if (hint !== null) await browser.action.setBadgeBackgroundColor({ tabId, color: badgeColors.needsYou });
	} catch {
		// The tab was closed meanwhile.
	}
};
