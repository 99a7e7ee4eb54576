import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { builtExtension } from "../support/paths.ts";

type Manifest = {
	permissions: string[];
	host_permissions?: string[];
	optional_host_permissions?: string[];
	content_scripts?: unknown[];
	content_security_policy?: { extension_pages?: string };
	web_accessible_resources?: unknown[];
	key: string;
};

const manifest = () => JSON.parse(readFileSync(`${builtExtension}/manifest.json`, "utf8")) as Manifest;

test.describe("the artefact that is tested, zipped and loaded", () => {
	test("SEC-3: it asks for no page, and for one host at most when it is needed", () => {
		const { permissions, host_permissions, optional_host_permissions, content_scripts } = manifest();
		expect(host_permissions ?? []).toEqual([]);
		expect(content_scripts ?? []).toEqual([]);
		expect(optional_host_permissions).toHaveLength(1);
		expect(optional_host_permissions?.[0]).toMatch(/^https?:\/\/[^*]+\/\*$/);
		expect(permissions.toSorted()).toEqual([
			"activeTab",
			"alarms",
			"contextMenus",
			"identity",
			"scripting",
			"storage",
			"unlimitedStorage",
		]);
	});

	test("SEC-3: pages on the web can load nothing of it", () => {
		expect(manifest().web_accessible_resources ?? []).toEqual([]);
	});

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
			if (made.mode === "readwrite") durabilities.push(made.durability);
			return made;
		};
	})()`);
	await popup.press("Save here");
	expect(await popup.saved()).toBe("local");
	const durabilities = await popup.evaluate<string[]>("durabilities");
	expect(durabilities.length).toBeGreaterThan(0);
	expect(new Set(durabilities)).toEqual(new Set(["strict"]));
});
