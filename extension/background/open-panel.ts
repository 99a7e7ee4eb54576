import { browser } from "wxt/browser";
import { type PanelView, panelWish } from "../settings/panel-wish.ts";

type SidebarAction = { open: () => Promise<void> };

/** As much of a tab as opening the panel beside it needs. */
type PanelTab = { id?: number | undefined; windowId?: number | undefined };

/**
 * Opens the side panel (Chrome) or the sidebar (Firefox) beside a tab. Call it in the handler of a press, a key or a menu entry and await
 * nothing before: both browsers open it for a gesture only. An open panel turns to `view` and looks at the tab again.
 */
export function openPanel(view: PanelView, tab: PanelTab): void {
	// Not awaited: the gesture would be over. The panel watches the item, so it hears of it whenever it is there.
	void panelWish.setValue({ view, tabId: tab.id ?? null, windowId: tab.windowId, at: Date.now() });
	const sidebar = (browser as unknown as { sidebarAction?: SidebarAction }).sidebarAction;
	const opened = sidebar ? sidebar.open() : openBeside(tab);
	// Refused without a gesture: then there is nothing to say, and nothing was lost.
	opened?.catch(() => undefined);
}

/** Not every browser that is built like Chrome has a side panel. */
function openBeside({ id, windowId }: PanelTab): Promise<void> | undefined {
	if (windowId !== undefined) return chrome.sidePanel?.open({ windowId });
	return id === undefined ? undefined : chrome.sidePanel?.open({ tabId: id });
}
