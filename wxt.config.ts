import { join } from "node:path";
import { defineConfig } from "wxt";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { articleExtractor } from "./extension/build/article-extractor.ts";
import { numberMessages } from "./extension/build/number-messages.ts";
import { shareCapture } from "./extension/build/shared-capture.ts";
import { localeFiles } from "./extension/i18n/build-locales.ts";

/** The backend this build talks to until the person sets another one; the only host it may ask for. */
const serverUrl = new URL(process.env["SHEAF_PUBLIC_URL"] ?? "http://localhost:8787");

/** Public half of the key that fixes the extension's id, and with it the OAuth redirect: moidlpphjgnoddghoomigklflpmjakhk. */
const extensionKey =
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0tSz3w9rSLa/+ooP+Sdbiir3ELsEJidepu5FgSf2H+TM84LpCYPKnPGmpXskGNZQU0P3Jw0AmG0Vokeh1bFtRzbETfyIEqV1E2ja3xRPgH4PKOroUREWy3aeQhHtgXG0pV6P5J0tn2DeeE4rtOzKSLsNUAoKugNmxBlxMoEYsB1yaK5HNakYT1+i570NZUBjS4PH06AFO8xpRB4qAYdKUtI14OORAzSjnBTwBpMkttUIRmRj+kQ1iKyuegq5qlNhf391rMdBoUzlXM+1YlHezVR0Vy5+C0ozOJ4UD+GUCHOcR1tjvuZExInF23glymOOnnUj9ZNk5ObVFvhFqVgPmwIDAQAB";

/**
 * Firefox names the OAuth redirect after this id (SHA-1 of it, .extensions.allizom.org), and the backend lets that one in. 140: the
 * first that asks people about the data below itself.
 */
const gecko = {
	id: "{6f0c2c1e-3a54-4a0c-9d0e-5b7c8f1f2a91}",
	strict_min_version: "140.0",
	// What somebody who signs in saves goes to the server they chose, and they sign in to it.
	data_collection_permissions: {
		required: ["websiteContent", "authenticationInfo"],
		// Diagnostics, once somebody switches sending on.
		optional: ["technicalAndInteraction"],
	},
};

const icons = { 16: "icons/16.png", 32: "icons/32.png", 48: "icons/48.png", 128: "icons/128.png" };

/** A file that the build is about to write. */
type BuiltFile = { fileName: string; type: string; source?: string | Uint8Array };

/** The popup's styles travel inside its page: another file to fetch before the first paint costs a tenth of it. */
const inlinePopupStyles = {
	name: "inline-popup-styles",
	generateBundle: {
		order: "post" as const,
		handler(_options: unknown, bundle: Record<string, BuiltFile>) {
			const page = Object.values(bundle).find(({ fileName }) => fileName.endsWith("popup/index.html"));
			if (page?.source === undefined) return;
			page.source = String(page.source).replace(/<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g, (link, file) => {
				const styles = bundle[file]?.source;
				if (styles === undefined) return link;
				delete bundle[file];
				return `<style>${String(styles)}</style>`;
			});
		},
	},
};

const messages = numberMessages(join(import.meta.dirname, "extension"));

/** WXT runs the entrypoints once to read what they say of themselves, in a browser in memory that has no words. */
Object.assign(fakeBrowser.i18n, { getMessage: () => "", getUILanguage: () => "en" });

export default defineConfig({
	srcDir: "extension",
	publicDir: "extension/public",
	outDir: "dist",
	// Every import is written out: a reader finds the origin of a name in the file that uses it.
	imports: false,
	modules: ["@wxt-dev/webextension-polyfill"],
	vite: () => ({
		// The files are on disk: announcing them saves nothing and holds the first paint back.
		build: { modulePreload: false },
		plugins: [inlinePopupStyles, articleExtractor(import.meta.dirname), messages.plugin],
		define: { __SHEAF_SERVER_URL__: JSON.stringify(serverUrl.origin) },
		esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
	}),
	hooks: {
		"vite:build:extendConfig": ([entrypoint], config) =>
			shareCapture(join(import.meta.dirname, "extension/capture"), entrypoint?.name ?? "", config),
		"build:publicAssets": (_, files) => {
			files.push(...localeFiles("extension/locales", messages.isNumbered));
		},
	},
	manifest: ({ browser }) => ({
		default_locale: "en",
		name: "__MSG_manifest_name__",
		short_name: "__MSG_manifest_name__",
		description: "__MSG_manifest_description__",
		...(browser === "firefox"
			? { browser_specific_settings: { gecko } }
			: { key: extensionKey, minimum_chrome_version: "126" }),
		icons,
		action: { default_title: "__MSG_manifest_name__", default_icon: icons },
		// No host is granted at install and no script runs on a page before a gesture (CAP-5, SEC-3).
		permissions: [
			"storage",
			"unlimitedStorage",
			"alarms",
			"contextMenus",
			"identity",
			"activeTab",
			"scripting",
			// Firefox has a sidebar, and no permission for it.
			...(browser === "firefox" ? [] : ["sidePanel"]),
		],
		// Asked for from a press, with the reason: the addresses of the open tabs, and sites by name (the panel's jobs).
		optional_permissions: ["tabs"],
		optional_host_permissions: [`${serverUrl.origin}/*`, "https://*/*", "http://*/*"],
		omnibox: { keyword: "sh" },
		commands: {
			// In Firefox the letters of the menu bar (F E V S B T H) open its menus instead.
			_execute_action: { suggested_key: { default: browser === "firefox" ? "Alt+Shift+C" : "Alt+Shift+S" } },
			"quick-send": { suggested_key: { default: "Alt+Shift+D" }, description: "__MSG_manifest_quickSend__" },
			pick: { suggested_key: { default: "Alt+Shift+K" }, description: "__MSG_manifest_pick__" },
			bulk: { suggested_key: { default: "Alt+Shift+G" }, description: "__MSG_manifest_bulk__" },
		},
	}),
});
