/**
 * Puts a browser in memory where `wxt/browser` looks for one. Import it before anything that imports that: modules are
 * evaluated in the order of their imports.
 */
import "fake-indexeddb/auto";
import { fakeBrowser } from "wxt/testing/fake-browser";

Object.assign(globalThis, { chrome: fakeBrowser, browser: fakeBrowser });

export { fakeBrowser };
