import { browser } from "wxt/browser";
import { webLocks } from "../messages/one-at-a-time.ts";
import { menu, siteTargets, targets } from "../settings/items.ts";
import { buttonEntries, type MenuEntry, menuEntries } from "./menu.ts";

/** A duplicate id or a missing parent only sets `lastError`: without a callback that looks at it, the console complains. */
const create = (entry: MenuEntry): Promise<void> =>
	new Promise((resolve) => {
		browser.contextMenus.create(entry, () => {
			void browser.runtime.lastError;
			resolve();
		});
	});

const entriesNow = async (): Promise<MenuEntry[]> => {
	const forSites = Object.keys(await siteTargets.getValue()).length > 0;
	return menuEntries(await targets.getValue(), { forSites });
};

/** Makes the menu anew from the targets. In turn: two at once would make entries twice or take each other's away. */
export const rebuildMenu = (): Promise<void> =>
	webLocks.inTurn("sheaf/menu", async () => {
		const entries = [...buttonEntries(), ...((await menu.getValue()) === "hidden" ? [] : await entriesNow())];
		await browser.contextMenus.removeAll();
		for (const entry of entries) await create(entry);
	});
