import { readdirSync, readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { BrowserContext } from "playwright";
import { extensionId, extensionUrl } from "../support/browser.ts";
import { builtExtension, inRepository } from "../support/paths.ts";
import { installed, runCommand } from "../support/run-command.ts";
import { withExtensions } from "./browser.ts";
import { type Figure, figure, type Measurement } from "./figure.ts";

/** What a popup may weigh that draws the inputs of a table's columns. What few people need comes with a script of its own and is not in it. */
const popupGoalKB = 60;
/** With the side panel, the picker, and every language in it; the popup loads none of them. */
const zipGoalKB = 400;

/** What the popup loads until it can be used, as the browser reports it, and what a person downloads. */
export const popupWeight: Measurement = {
	name: "popup-weight",
	usesExtension: true,
	measure: async (): Promise<Figure[]> => {
		const files = await withExtensions([builtExtension], loadedByPopup);
		const gzipped = files.reduce((sum, file) => sum + gzipSync(readFileSync(builtExtension + file)).length, 0);
		return [
			figure({
				id: "popup-gzip",
				title: "Popup, gzipped: its page, styles and every script it loads by itself",
				unit: "kB",
				rounds: [gzipped / 1_000],
				goal: { atMost: popupGoalKB },
				details: { files: files.length },
			}),
			figure({
				id: "zip",
				title: "Extension as a zip, with defuddle in it",
				unit: "kB",
				rounds: [(await zipBytes()) / 1_000],
				goal: { atMost: zipGoalKB },
			}),
		];
	},
};

/** Paths in the artefact of everything requested until the popup is drawn. */
async function loadedByPopup(context: BrowserContext): Promise<string[]> {
	const page = await context.newPage();
	const urls: URL[] = [];
	page.on("request", (request) => urls.push(new URL(request.url())));
	await page.goto(extensionUrl("popup.html"));
	await page.getByRole("button").first().waitFor();
	const own = urls.filter(({ host }) => host === extensionId);
	return [...new Set(own.map(({ pathname }) => pathname))];
}

async function zipBytes(): Promise<number> {
	const { code, output } = await runCommand([installed("wxt"), "zip"]);
	if (code !== 0) throw new Error(`The extension could not be zipped:\n${output}`);
	const folder = inRepository("dist");
	const zips = readdirSync(folder).filter((name) => name.endsWith("-chrome.zip"));
	const newest = zips.map((name) => statSync(`${folder}/${name}`)).sort((a, b) => b.mtimeMs - a.mtimeMs)[0];
	if (!newest) throw new Error("wxt zip wrote no Chrome package into dist/.");
	return newest.size;
}
