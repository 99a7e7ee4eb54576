import { mkdirSync, writeFileSync } from "node:fs";
import type { CDPSession, Page } from "playwright";
import { optionsPlaces, unfinished } from "../support/options-places.ts";

const width = 1_080;
const tallest = 1_500;
/** Enough to read, and a fifth of the weight of two dots per pixel. */
const density = 1;

type Photograph = { page: Page; targetId: string; folder: string };

/** Every page of the options, whole, in both themes. */
export async function photographOptionsPages({ page, targetId, folder }: Photograph): Promise<void> {
	const session = await page.context().newCDPSession(page);
	mkdirSync(folder, { recursive: true });
	await page.bringToFront();
	await page.mouse.move(0, 0);
	await session.send("Emulation.setScrollbarsHidden", { hidden: true });
	for (const theme of ["light", "dark"] as const) {
		const features = [{ name: "prefers-color-scheme", value: theme }];
		await session.send("Emulation.setEmulatedMedia", { features });
		for (const place of optionsPlaces) {
			await page.evaluate(`location.hash = ${JSON.stringify(place.route.replace("<target>", targetId))}`);
			await page.getByRole("main").getByText(place.ready).first().waitFor();
			await page.locator("main").locator(unfinished).first().waitFor({ state: "detached" });
			writeFileSync(`${folder}/${place.name}-${theme}.png`, await wholePage(page, session));
		}
	}
}

/** As tall as what is on it: first as it is, then with room for all of it. */
async function wholePage(page: Page, session: CDPSession): Promise<Buffer> {
	const size = async (height: number) =>
		await session.send("Emulation.setDeviceMetricsOverride", {
			width,
			height,
			deviceScaleFactor: density,
			mobile: false,
		});
	await size(600);
	await page.evaluate("Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => null)");
	await size(Math.min(tallest, await page.evaluate<number>("document.documentElement.scrollHeight")));
	await page.evaluate("scrollTo(0, 0)");
	const { data } = await session.send("Page.captureScreenshot", { format: "png" });
	return Buffer.from(data, "base64");
}
