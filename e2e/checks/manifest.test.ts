import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import words from "../../extension/locales/en/privacy.json" with { type: "json" };
import { storeTexts } from "../../extension/store/texts.ts";
import { builtExtension } from "../support/paths.ts";

/** The artefact that is tested and zipped; `npm run build` makes it. */
const manifest = JSON.parse(readFileSync(`${builtExtension}/manifest.json`, "utf8")) as Record<string, unknown>;

const permissions = [
	"storage",
	"unlimitedStorage",
	"alarms",
	"contextMenus",
	"identity",
	"activeTab",
	"scripting",
	"sidePanel",
];

describe("SEC-3: what the built extension asks for", () => {
	test("exactly these permissions", () => {
		expect(manifest["permissions"]).toEqual(permissions);
		// The addresses of the open tabs, once somebody wants them listed.
		expect(manifest["optional_permissions"]).toEqual(["tabs"]);
	});

	test("each with its reason on the privacy page and in the texts for the stores, and no reason for what is not asked for", () => {
		expect(Object.keys(words.why)).toEqual(permissions);
		expect(() => storeTexts("chrome", manifest)).not.toThrow();
		const more = { ...manifest, optional_permissions: ["tabs", "history"] };
		expect(() => storeTexts("chrome", more)).toThrow("history");
	});

	test("CAP-5: no host, and no script on any page", () => {
		expect(manifest["host_permissions"] ?? []).toEqual([]);
		expect(manifest["content_scripts"] ?? []).toEqual([]);
	});

	test("hosts are optional: the backend's address, and sites that somebody allows by name", () => {
		const hosts = manifest["optional_host_permissions"];
		const origin = new URL(process.env["SHEAF_PUBLIC_URL"] ?? "http://localhost:8787").origin;
		expect(hosts).toEqual([`${origin}/*`, "https://*/*", "http://*/*"]);
	});

	test("nothing of it is open to pages or to other extensions", () => {
		expect(manifest["web_accessible_resources"] ?? []).toEqual([]);
		expect(manifest["externally_connectable"]).toBeUndefined();
		expect(manifest["content_security_policy"]).toBeUndefined();
	});

	test("the key that fixes its id is in it, and every icon it names", () => {
		expect(String(manifest["key"])).toStartWith("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA");
		const icons = Object.values(manifest["icons"] as Record<string, string>);
		expect(icons.filter((icon) => !existsSync(`${builtExtension}/${icon}`))).toEqual([]);
	});

	test("the article extractor is no part of the script that every capture injects", () => {
		const scripts = readdirSync(builtExtension);
		expect(scripts).toContain("capture.js");
		expect(scripts).toContain("capture-body.js");
		// The extractor's own words for an element it begins with; how much each script weighs is in weight.test.ts.
		const holdsExtractor = (script: string) =>
			readFileSync(`${builtExtension}/${script}`, "utf8").includes("instapaper_body");
		expect([holdsExtractor("capture.js"), holdsExtractor("capture-body.js")]).toEqual([false, true]);
	});
});
