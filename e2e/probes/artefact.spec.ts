import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { builtExtension } from "../support/paths.ts";

test.describe("the artefact that is tested, zipped and loaded", () => {
	test("it carries no source map and evaluates no text", () => {
		const scripts = readdirSync(builtExtension, { recursive: true, encoding: "utf8" }).filter((name) =>
			/\.(js|map)$/.test(name),
		);
		expect(scripts.length).toBeGreaterThan(2);
		expect(scripts.filter((name) => name.endsWith(".map"))).toEqual([]);
		const evaluating = scripts.filter((name) =>
			/\bnew Function\(|[^.\w]eval\(/.test(readFileSync(`${builtExtension}/${name}`, "utf8")),
		);
		expect(evaluating).toEqual([]);
	});
});

test("CAP-5: nothing of it runs on a page that nobody captured", async ({ stand, openBrowser }) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	const session = await browser.context.newCDPSession(page);
	const worlds: string[] = [];
	session.on("Runtime.executionContextCreated", ({ context }) => worlds.push(context.origin));
	await session.send("Runtime.enable");
	await page.goto(stand.sites.note("untouched").url);
	expect(worlds.filter((origin) => origin.startsWith("chrome-extension:"))).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain("chrome-extension:");
});

test("OUT-1: the capture's transaction is asked for with strict durability", async ({ stand, openBrowser }) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("durable").url);
	const popup = await Popup.openOn(browser, page);
	await popup.evaluate(`(() => {
		globalThis.durabilities = [];
		const open = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (...args) {
			const made = open.apply(this, args);
			// The ring of diagnostics is another database, which may lose its last moments and which anything may write meanwhile.
			if (made.mode === "readwrite" && made.db.name.startsWith("sheaf_")) durabilities.push(made.durability);
			return made;
		};
	})()`);
	await popup.press("Save here");
	expect(await popup.saved()).toBe("local");
	const durabilities = await popup.evaluate<string[]>("durabilities");
	expect(durabilities.length).toBeGreaterThan(0);
	expect(new Set(durabilities)).toEqual(new Set(["strict"]));
});
