import "../messages/test-browser.ts";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { isWishFor, panelWish } from "../settings/panel-wish.ts";
import { openPanel } from "./open-panel.ts";

const before = Object.getOwnPropertyDescriptor(globalThis, "chrome");
const { sidebarAction } = fakeBrowser;
beforeEach(() => {
	fakeBrowser.reset();
	// Firefox's alone.
	Object.assign(fakeBrowser, { sidebarAction: undefined });
});
afterEach(() => {
	Object.assign(fakeBrowser, { sidebarAction });
	if (before === undefined) Reflect.deleteProperty(globalThis, "chrome");
	else Object.defineProperty(globalThis, "chrome", before);
});
const withChrome = (chrome: object) =>
	Object.defineProperty(globalThis, "chrome", { value: chrome, configurable: true });

test("CAP-2: the panel is opened beside the tab's window", () => {
	const opened: object[] = [];
	withChrome({ sidePanel: { open: (where: object) => Promise.resolve(opened.push(where)) } });
	openPanel("page", { id: 7, windowId: 3 });
	openPanel("page", { id: 7 });
	openPanel("page", {});
	expect(opened).toEqual([{ windowId: 3 }, { tabId: 7 }]);
});

test("CAP-2: a browser without a side panel does not fail, and what was wished is known to whoever opens one", async () => {
	withChrome({});
	openPanel("page", { id: 7, windowId: 3 });
	openPanel("page", { id: 7 });
	expect(await panelWish.getValue()).toMatchObject({ view: "page", tabId: 7 });
});

test("CAP-2: a press in one window turns that window's panel, and no other", async () => {
	withChrome({});
	openPanel("links", { id: 7, windowId: 3 });
	const wish = await panelWish.getValue();
	expect(wish && [isWishFor(3, wish), isWishFor(4, wish)]).toEqual([true, false]);
	// Of a tab that the browser says nothing about, every panel may be the one.
	openPanel("links", {});
	const any = await panelWish.getValue();
	expect(any && isWishFor(4, any)).toBe(true);
});
