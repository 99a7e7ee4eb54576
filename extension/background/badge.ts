import { browser } from "wxt/browser";
import { t } from "../i18n/t.ts";
import type { OutboxCounts } from "../outbox/types.ts";
import { type BadgeTarget, badgeColors, badgeFor } from "./badge-text.ts";

export const showBadge = async (counts: OutboxCounts, targets: readonly BadgeTarget[]): Promise<void> => {
	const { text, title, color } = badgeFor(counts, targets);
	await browser.action.setBadgeBackgroundColor({ color });
	await browser.action.setBadgeTextColor({ color: "#ffffff" });
	await browser.action.setBadgeText({ text });
	await browser.action.setTitle({ title });
};

/** Says something about one tab on the button, over the counts, until the tab goes to another page or `clearHint`. */
export const showHint = (tabId: number, hint: string): Promise<void> =>
	whileOpen(async () => {
		await browser.action.setBadgeText({ tabId, text: "!" });
		await browser.action.setBadgeBackgroundColor({ tabId, color: badgeColors.needsYou });
		await browser.action.setTitle({ tabId, title: t("background.badge.hint", { hint }) });
	});

/** Takes a hint back. Without a text the tab shows the common badge again; a title has no such way, so it is neutral. */
export const clearHint = (tabId: number): Promise<void> =>
	whileOpen(async () => {
		if ((await browser.action.getBadgeText({ tabId })) !== "!") return;
		await browser.action.setBadgeText({ tabId });
		await browser.action.setTitle({ tabId, title: t("manifest.name") });
	});

/** A tab that was closed meanwhile needs no hint. */
const whileOpen = (work: () => Promise<void>): Promise<void> => work().catch(() => undefined);
