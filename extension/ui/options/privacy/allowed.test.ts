import { expect, test } from "bun:test";
import { bySite } from "./allowed.ts";

test("SEC-3: what was allowed is listed by site, once for both schemes, and every site under its own name", () => {
	const origins = [
		"https://shop.example/*",
		"http://shop.example/*",
		"https://*/*",
		"*://*/*",
		"https://*.wiki.example/*",
	];
	expect([...bySite(origins, "Every site")]).toEqual([
		["shop.example", ["https://shop.example/*", "http://shop.example/*"]],
		["Every site", ["https://*/*", "*://*/*"]],
		["*.wiki.example", ["https://*.wiki.example/*"]],
	]);
});
