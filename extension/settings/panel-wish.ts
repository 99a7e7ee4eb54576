import { storage } from "wxt/utils/storage";

/** The tabs of the side panel. */
export type PanelView = "page" | "links" | "pick" | "waiting";

/**
 * What a side panel was last opened for. `tabId`: the tab it is about. `windowId`: the one whose panel it is for, where
 * that is known; those of other windows let it be. `at` makes two wishes of the
 * same values: pressed again, the page is looked at again. Session storage: a wish is gone with the browser.
 */
export type PanelWish = { view: PanelView; tabId: number | null; windowId?: number | undefined; at: number };

export const panelWish = storage.defineItem<PanelWish | null>("session:panelWish", { fallback: null });

/** Whether it is for the panel of this window. */
export const isWishFor = (windowId: number, wish: PanelWish): boolean =>
	wish.windowId === undefined || wish.windowId === windowId;
