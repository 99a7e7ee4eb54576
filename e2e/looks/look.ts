import { readFileSync, writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import type { SendCommand } from "../support/accessibility.ts";
import { violationsOf } from "../support/axe.ts";
import { browserOf, type SheafBrowser } from "../support/browser.ts";
import { unfinished } from "../support/options-places.ts";
import { inRepository } from "../support/paths.ts";
import { waitUntil } from "../support/wait-until.ts";
import { settleText } from "./settle-text.ts";

/** Something that shows a page of the extension: a tab of Playwright's, or the popup or the panel, which it does not list. */
export type Shown = { send: SendCommand; evaluate: <Value>(expression: string) => Promise<Value> };

export type Theme = "light" | "dark" | "forced";

/**
 * How it is looked at. `width`: left out for the popup, which the browser lets nobody else size. `height`: of the window; left out: of all that
 * is on the page.
 */
export type Sight = { theme: Theme; width?: number; height?: number };

/** Taller pages are cut: their foot is more of the same. */
const tallest = 720;

/** The browser that the pictures were taken with. */
const takenWith = inRepository("e2e/looks/snapshots/chromium.txt");

/**
 * The letters, the colours and the layout are the same everywhere, so that next to nothing may differ. What a browser draws by its own
 * taste (the arrow of a list, the parts of a date) changes from one major version to the next: another one than the pictures' gets room for that, and
 * for no more.
 */
const tolerance = {
	sameBrowser: { threshold: 0.02, maxDiffPixels: 25 },
	otherBrowser: { threshold: 0.15, maxDiffPixelRatio: 0.02 },
};

type Once = { shown: Shown; name: readonly string[]; sight: Sight; isPictured: boolean };

/** Looks at pages in one browser: what axe finds, what is wider than the window, and what differs from the picture of that name. */
export class Looks {
	readonly #major: string;

	constructor(browser: SheafBrowser) {
		this.#major = browserOf(browser.context).version().split(".")[0] ?? "";
	}

	static async shownIn(page: Page): Promise<Shown> {
		const session = await page.context().newCDPSession(page);
		return {
			send: session.send.bind(session) as SendCommand,
			evaluate: (expression) => page.evaluate(expression),
		};
	}

	/** In each sight; the picture is taken in the first. @param name of the picture, as a path: `["options", "records-en"]` */
	async look(shown: Shown, name: readonly string[], sights: readonly Sight[]): Promise<void> {
		for (const [at, sight] of sights.entries()) await this.#lookOnce({ shown, name, sight, isPictured: at === 0 });
		// Forced colours draw borders: what is opened next would be placed by their width.
		await see(shown, { theme: "light" });
	}

	async #lookOnce({ shown, name, sight, isPictured }: Once): Promise<void> {
		await see(shown, sight);
		const lines = await violationsOf((expression) => shown.evaluate(expression));
		const wide = await shown.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
		if (wide > 0) lines.push(`is ${wide} px wider than the window`);
		expect.soft(lines, `${name.join(" ")} (${sight.theme}, ${sight.width ?? "its own"} px)`).toEqual([]);
		if (!isPictured) return;
		expect
			.soft(await stillPicture(shown, sight))
			.toMatchSnapshot([...name.slice(0, -1), `${name.at(-1)}.png`], this.#tolerance());
	}

	#tolerance() {
		if (/^(all|changed)$/.test(test.info().config.updateSnapshots)) writeFileSync(takenWith, `${this.#major}\n`);
		const isSame = readFileSync(takenWith, "utf8").trim() === this.#major;
		return isSame ? tolerance.sameBrowser : tolerance.otherBrowser;
	}
}

async function see(shown: Shown, { theme, width, height = 600 }: Sight): Promise<void> {
	await shown.send("Emulation.setEmulatedMedia", {
		features: [
			{ name: "prefers-color-scheme", value: theme === "dark" ? "dark" : "light" },
			{ name: "forced-colors", value: theme === "forced" ? "active" : "none" },
			{ name: "prefers-reduced-motion", value: "reduce" },
		],
	});
	if (width !== undefined) await size(shown, width, height);
	await shown.evaluate("document.fonts.ready.then(() => null)");
}

async function size({ send }: Shown, width: number, height: number): Promise<void> {
	await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
}

const isUnfinished = `document.querySelector(${JSON.stringify(unfinished)}) !== null`;

/** PNG of the page once a picture comes again: the browser may draw the last bit of an edge in one way or the other. */
async function stillPicture(shown: Shown, { width, height }: Sight): Promise<Buffer> {
	if (width !== undefined && height === undefined) {
		await size(shown, width, Math.min(tallest, await shown.evaluate<number>("document.documentElement.scrollHeight")));
	}
	await shown.evaluate("scrollTo(0, 0)");
	const seen = new Set<string>();
	const still = await waitUntil("the page to stand still", async () => {
		if (await shown.evaluate<boolean>(isUnfinished)) return null;
		await shown.evaluate(settleText);
		const { data } = (await shown.send("Page.captureScreenshot", { format: "png" })) as { data: string };
		if (seen.has(data)) return data;
		seen.add(data);
		return null;
	});
	return Buffer.from(still, "base64");
}
