import type { Page } from "playwright";
import { Popup } from "../pages/popup.ts";
import { extensionId, launchBrowser, type SheafBrowser } from "../support/browser.ts";
import { builtExtension } from "../support/paths.ts";
import { connectTarget, signUp } from "../support/person.ts";
import { makeTestBase } from "../support/test-base.ts";
import { writeBlankExtension } from "./blank-extension.ts";
import { extensionIds, withExtensions } from "./browser.ts";
import { type Figure, figure, type Measurement, median } from "./figure.ts";
import { firstPaintMs } from "./popup-paint.ts";
import { withStand } from "./with-stand.ts";

const rounds = 15;
/** From the first paint to the last field, over a page with a full product on it. */
const goalMs = 200;

/**
 * From the popup's first paint until the record is there, every field of the table with its value: the real popup over a real page, for
 * somebody signed in. Beside it, in the same run, how long a popup with nothing in it takes to paint at all.
 */
export const popupFill: Measurement = {
	name: "popup-fill",
	usesExtension: true,
	measure: () =>
		withStand("bench-fill", async (stand) => {
			const blank = await blankPaints();
			const browser = await launchBrowser({ serverUrl: stand.proxy.url });
			try {
				const person = await signUp(browser, stand.backend.url);
				await connectTarget(person, await makeTestBase(stand.simulator));
				const page = await browser.context.newPage();
				const fills: number[] = [];
				// The first one fills the caches and is not counted.
				for (let round = 0; round <= rounds; round += 1) {
					const fill = await fillMs(browser, page, `${stand.sites.url}/shop-product.html?round=${round}`);
					if (round > 0) fills.push(fill);
				}
				return [asFigure(fills, blank)];
			} finally {
				await browser.close();
				browser.removeProfile();
			}
		}),
};

function asFigure(fills: number[], blank: number[]): Figure {
	return figure({
		id: "popup-fill",
		title: "Popup's fields filled after its first paint",
		unit: "ms",
		rounds: fills,
		goal: { atMost: goalMs },
		details: { "blank popup's first paint ms": median(blank).toFixed(1) },
	});
}

async function fillMs(browser: SheafBrowser, page: Page, url: string): Promise<number> {
	await page.goto(url);
	const popup = await Popup.openOn(browser, page);
	try {
		return await popup.evaluate<number>(untilFilled);
	} finally {
		await popup.close();
	}
}

/** The mark that the popup leaves when it has drawn the page's record (extension/ui/popup/filled-mark.ts). */
const filledMark = "sheaf:popup-filled";

const untilFilled = `new Promise((resolve) => {
	const look = () => {
		const paint = performance.getEntriesByName("first-contentful-paint")[0];
		const filled = performance.getEntriesByName("${filledMark}")[0];
		if (paint && filled) resolve(Math.max(0, filled.startTime - paint.startTime));
		else setTimeout(look, 10);
	};
	look();
})`;

async function blankPaints(): Promise<number[]> {
	const blank = writeBlankExtension();
	try {
		return await withExtensions([builtExtension, blank.folder], async (context) => {
			const id = (await extensionIds(context, 2)).find((one) => one !== extensionId);
			if (!id) throw new Error("The blank extension was not loaded.");
			const paints: number[] = [];
			for (let round = 0; round <= rounds; round += 1) paints.push(await firstPaintMs(context, id));
			return paints.slice(1);
		});
	} finally {
		blank.remove();
	}
}
