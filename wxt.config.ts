import { defineConfig } from "wxt";

/** The backend this build talks to until the person sets another one; the only host it may ask for. */
const serverUrl = new URL(process.env["SHEAF_PUBLIC_URL"] ?? "http://localhost:8787");

/** Public half of the key that fixes the extension's id, and with it the OAuth redirect: moidlpphjgnoddghoomigklflpmjakhk. */
const extensionKey =
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0tSz3w9rSLa/+ooP+Sdbiir3ELsEJidepu5FgSf2H+TM84LpCYPKnPGmpXskGNZQU0P3Jw0AmG0Vokeh1bFtRzbETfyIEqV1E2ja3xRPgH4PKOroUREWy3aeQhHtgXG0pV6P5J0tn2DeeE4rtOzKSLsNUAoKugNmxBlxMoEYsB1yaK5HNakYT1+i570NZUBjS4PH06AFO8xpRB4qAYdKUtI14OORAzSjnBTwBpMkttUIRmRj+kQ1iKyuegq5qlNhf391rMdBoUzlXM+1YlHezVR0Vy5+C0ozOJ4UD+GUCHOcR1tjvuZExInF23glymOOnnUj9ZNk5ObVFvhFqVgPmwIDAQAB";

const icons = { 16: "icons/16.png", 32: "icons/32.png", 48: "icons/48.png", 128: "icons/128.png" };

export default defineConfig({
	srcDir: "extension",
	publicDir: "extension/public",
	outDir: "dist",
	// Every import is written out: a reader finds the origin of a name in the file that uses it.
	imports: false,
	modules: ["@wxt-dev/webextension-polyfill"],
	zip: { artifactTemplate: "sheaf-{{version}}-{{browser}}.zip" },
	vite: () => ({
		// Every page loads its modules at once and in browsers that preload by themselves: the polyfill would be dead weight.
		build: { modulePreload: { polyfill: false } },
		define: { __SHEAF_SERVER_URL__: JSON.stringify(serverUrl.origin) },
		esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
	}),
	manifest: () => ({
		name: "Sheaf",
		short_name: "Sheaf",
		description: "Gathers records from the pages you browse and puts each one into your own database, exactly once.",
		key: extensionKey,
		minimum_chrome_version: "126",
		icons,
		action: { default_title: "Sheaf", default_icon: icons },
		// No host is granted at install and no script runs on a page before a gesture (CAP-5, SEC-3).
		permissions: ["storage", "unlimitedStorage", "alarms", "contextMenus", "identity", "activeTab", "scripting"],
		optional_host_permissions: [`${serverUrl.origin}/*`],
		commands: {
			_execute_action: { suggested_key: { default: "Alt+Shift+S" } },
			"quick-send": { suggested_key: { default: "Alt+Shift+D" }, description: "Send this page at once" },
		},
	}),
});
