import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { officialFirefoxId } from "../../backend/env-identity.ts";
import { oauthClients } from "../../backend/identity/clients.ts";
import config from "../../wxt.config.ts";

type Manifest = Record<string, unknown> & {
	browser_specific_settings?: {
		gecko?: { id: string; data_collection_permissions?: { required: string[]; optional: string[] } };
	};
};

/** The manifest as WXT asks for it; what it adds itself is the same for every build. */
async function manifestFor(browser: string): Promise<Manifest> {
	const { manifest } = config;
	if (typeof manifest !== "function") throw new Error("The manifest is made by a function.");
	return (await manifest({ browser, manifestVersion: 3, mode: "production", command: "build" })) as Manifest;
}

describe("ID-1: the Firefox build", () => {
	test("is the one whose sign-in windows the server lets end: its redirect is the SHA-1 of its id", async () => {
		const { browser_specific_settings } = await manifestFor("firefox");
		const id = browser_specific_settings?.gecko?.id ?? "";
		expect(id).toBe(officialFirefoxId);
		const redirect = `https://${createHash("sha1").update(id).digest("hex")}.extensions.allizom.org/`;
		const [extension] = oauthClients({ extensionIds: [], firefoxIds: [officialFirefoxId] });
		expect(extension?.redirectUris).toEqual([redirect]);
	});

	test("says what it sends, and carries nothing that is Chrome's", async () => {
		const manifest = await manifestFor("firefox");
		expect(manifest.browser_specific_settings?.gecko?.data_collection_permissions).toEqual({
			required: ["websiteContent", "authenticationInfo"],
			optional: ["technicalAndInteraction"],
		});
		expect(manifest["key"]).toBeUndefined();
		expect(manifest["minimum_chrome_version"]).toBeUndefined();
	});

	test("asks for the same permissions as Chrome's, but for the side panel's: Firefox has a sidebar", async () => {
		const [firefox, chrome] = [await manifestFor("firefox"), await manifestFor("chrome")];
		const shared = (chrome["permissions"] as string[]).filter((permission) => permission !== "sidePanel");
		expect(firefox["permissions"]).toEqual(shared);
		expect(chrome["browser_specific_settings"]).toBeUndefined();
	});
});
