/** Draws `extension/icons/mark.svg` as the PNGs the manifest names: `npx bun e2e/support/draw-icons.ts`. */
import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright";
import { findChromium } from "./find-browser.ts";
import { inRepository } from "./paths.ts";

const sizes = [16, 32, 48, 128];

const executablePath = findChromium();
if (executablePath === null) throw new Error("No Chromium was found; set SHEAF_CHROMIUM.");
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
try {
	const mark = readFileSync(inRepository("extension/icons/mark.svg"), "utf8");
	const folder = inRepository("extension/public/icons");
	mkdirSync(folder, { recursive: true });
	for (const size of sizes) {
		const page = await browser.newPage({ viewport: { width: size, height: size } });
		await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${mark}`);
		await page.screenshot({ path: `${folder}/${size}.png`, omitBackground: true });
		await page.close();
	}
} finally {
	await browser.close();
}
