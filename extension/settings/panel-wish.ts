import { storage } from "wxt/utils/storage";

/** The tabs of the side panel. */
export type PanelView = "page" | "links" | "waiting";

/**
 * What the side panel was last opened for, by window. `at` makes two wishes for the same two values: pressed again, the page is looked at
 * again. Session storage: a wish is gone with the browser.
 */
export type PanelWish = { view: PanelView; tabId: number | null; at: number };

export const panelWish = storage.defineItem<PanelWish | null>("session:panelWish", { fallback: null });
