import { browser } from "wxt/browser";
import type { OutboxCounts } from "./types.ts";

/** The badge holds about four characters. */
const most = 999;

/** What the toolbar button says: how many records wait or need the person; nothing when there are none. */
export function badgeText({ waiting, needsYou }: OutboxCounts): string {
	const count = waiting + needsYou;
	if (count === 0) return "";
	return count > most ? `${most}+` : String(count);
}

/** Amber as soon as one record needs the person; neutral while all of them just wait. */
export function badgeColour({ needsYou }: OutboxCounts): string {
	return needsYou > 0 ? "#b45309" : "#57534e";
}

export async function showBadge(counts: OutboxCounts): Promise<void> {
	await browser.action.setBadgeBackgroundColor({ color: badgeColour(counts) });
	await browser.action.setBadgeTextColor({ color: "#ffffff" });
	await browser.action.setBadgeText({ text: badgeText(counts) });
}
