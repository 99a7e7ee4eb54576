import type { BrowserContext } from "playwright";
import { extensionId } from "../support/browser.ts";
import { builtExtension } from "../support/paths.ts";
import { writeBlankExtension } from "./blank-extension.ts";
import { extensionIds, withExtensions } from "./browser.ts";
import { type Figure, figure, type Measurement, median, ratios } from "./figure.ts";

const rounds = 31;
const goal = 1.3;

/** First contentful paint of our popup beside that of a popup with nothing in it, in the same browser, in turn. */
export const popupPaint: Measurement = {
	name: "popup-paint",
	usesExtension: true,
	measure: async (): Promise<Figure[]> => {
		const blank = writeBlankExtension();
		try {
			const paints = await withExtensions([builtExtension, blank.folder], paintInTurn);
			return [
				figure({
					id: "popup-paint",
					title: "Popup's first paint over a blank popup's",
					unit: "ratio",
					rounds: ratios(paints.ours, paints.blank),
					goal: { atMost: goal },
					details: { "ours ms": median(paints.ours).toFixed(1), "blank ms": median(paints.blank).toFixed(1) },
				}),
			];
		} finally {
			blank.remove();
		}
	},
};

async function paintInTurn(context: BrowserContext): Promise<{ ours: number[]; blank: number[] }> {
	const blankId = (await extensionIds(context, 2)).find((id) => id !== extensionId);
	if (!blankId) throw new Error("The blank extension was not loaded.");
	const paints = { ours: [] as number[], blank: [] as number[] };
	// The first pair fills the code caches and is not counted.
	for (let round = 0; round <= rounds; round += 1) {
		const ours = await firstPaintMs(context, extensionId);
		const blank = await firstPaintMs(context, blankId);
		if (round === 0) continue;
		paints.ours.push(ours);
		paints.blank.push(blank);
	}
	return paints;
}

/** Milliseconds from the start of the navigation, as the browser itself reports them. */
export async function firstPaintMs(context: BrowserContext, id: string): Promise<number> {
	const page = await context.newPage();
	try {
		await page.setViewportSize({ width: 400, height: 600 });
		await page.goto(`chrome-extension://${id}/popup.html`, { waitUntil: "commit" });
		return await page.evaluate(
			() =>
				new Promise<number>((resolve) => {
					const take = (entries: PerformanceEntryList) => {
						const paint = entries.find(({ name }) => name === "first-contentful-paint");
						if (paint) resolve(paint.startTime);
					};
					new PerformanceObserver((list) => take(list.getEntries())).observe({ type: "paint", buffered: true });
				}),
		);
	} finally {
		await page.close();
	}
}
