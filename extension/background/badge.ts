import { browser } from "wxt/browser";
import type { OutboxCounts } from "../outbox/types.ts";

/** The toolbar button's badge and tooltip. The words repeat what the colour says. */
export type Badge = { text: string; title: string; color: string };

/** Both carry white text at more than 4.5:1. */
const colors = { waiting: "#7a5c13", needsYou: "#b3261e" };

const short = (count: number): string => (count > 99 ? "99+" : String(count));

/** What waits and what needs the person; nothing when all has arrived. */
export const badgeFor = ({ waiting, needsYou }: OutboxCounts): Badge => {
	const parts = [
		needsYou > 0 ? `${needsYou} ${needsYou === 1 ? "needs" : "need"} you` : "",
		waiting > 0 ? `${waiting} waiting` : "",
	].filter((part) => part !== "");
	const total = waiting + needsYou;
	return {
		text: total === 0 ? "" : short(total),
		title: parts.length === 0 ? "Sheaf" : `Sheaf: ${parts.join(", ")}`,
		color: needsYou > 0 ? colors.needsYou : colors.waiting,
	};
};

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
		if (hint !== null) await browser.action.setBadgeBackgroundColor({ tabId, color: colors.needsYou });
	} catch {
		// The tab was closed meanwhile.
	}
};
