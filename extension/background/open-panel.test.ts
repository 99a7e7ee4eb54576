import "../messages/test-browser.ts";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { panelWish } from "../settings/panel-wish.ts";
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
