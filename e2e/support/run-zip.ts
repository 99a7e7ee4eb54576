/**
 * `npm run zip`: the packages for Chrome and Firefox in `dist/`, with the texts their stores ask for. With `--check` everything is built
 * and packed a second time and has to be the same bytes, and Mozilla's linter has to have no complaint.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { storeTexts } from "../../extension/store/texts.ts";
import { buildExtension } from "./build-extension.ts";
import { lintPackage } from "./lint-package.ts";
import { packFolder, sha256 } from "./pack.ts";
import { inRepository } from "./paths.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const { version } = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as { version: string };
const folders = { chrome: "dist/chrome-mv3", firefox: "dist/firefox-mv3" } as const;
type Browser = keyof typeof folders;

/** @returns the packages, by browser. Ends the process where the build fails. */
async function packAll(): Promise<Record<Browser, Uint8Array>> {
	const { code, output } = await buildExtension();
	if (code !== 0) {
		console.error(output);
		process.exit(1);
	}
	return { chrome: packFolder(inRepository(folders.chrome)), firefox: packFolder(inRepository(folders.firefox)) };
}

const packed = await packAll();
for (const [browser, bytes] of Object.entries(packed)) {
	const name = `dist/sheaf-${version}-${browser}.zip`;
	writeFileSync(inRepository(name), bytes);
	console.log(`${sha256(bytes)}  ${name}`);
}
mkdirSync(inRepository("dist/store"), { recursive: true });
for (const browser of ["chrome", "firefox"] as const) {
	const manifest: unknown = JSON.parse(readFileSync(inRepository(`${folders[browser]}/manifest.json`), "utf8"));
	writeFileSync(inRepository(`dist/store/${browser}.md`), storeTexts(browser, manifest));
}
if (values.check) {
	const again = await packAll();
	const differing = Object.entries(packed).filter(
		([browser, bytes]) => sha256(bytes) !== sha256(again[browser as Browser]),
	);
	for (const [browser] of differing) console.error(`The package for ${browser} is not the same bytes twice.`);
	const complaints = await lintPackage(inRepository(folders.firefox));
	for (const complaint of complaints) console.error(complaint);
	process.exitCode = differing.length + complaints.length === 0 ? 0 : 1;
}
