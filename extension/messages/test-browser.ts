/**
 * Puts a browser in memory where `wxt/browser` looks for one. Import it bare and first (`import "…/test-browser.ts"`):
 * modules are evaluated in the order of their imports, and the formatter leaves bare ones where they are.
 */
import "fake-indexeddb/auto";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { englishMessages } from "../i18n/test-english.ts";

Object.assign(fakeBrowser.i18n, englishMessages);
Object.assign(globalThis, { chrome: fakeBrowser, browser: fakeBrowser });
