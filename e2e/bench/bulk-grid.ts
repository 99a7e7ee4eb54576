import type { Page } from "playwright";
import { Panel } from "../pages/panel.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Sites, startSites } from "../support/sites.ts";
import { type Figure, figure, type Measurement, median, ratios } from "./figure.ts";

const rounds = 7;
const [few, many] = [50, 5_000];
/** Frames of one way down: at this pace a person would scroll through 5,000 rows in about three seconds. */
const scrollFrames = 180;
/** What people call stuttering. */
const longFrameMs = 50;

/** The side panel's grid over a page with 5,000 rows, beside the same over one with 50; and scrolling through it. */
export const bulkGrid: Measurement = {
	name: "bulk-grid",
	usesExtension: true,
	measure: async (): Promise<Figure[]> => {
		const sites = await startSites();
		// Nobody is signed in: nothing is asked of a backend.
		const browser = await launchBrowser({ serverUrl: sites.url });
		try {
			const page = await browser.context.newPage();
			await page.goto(sites.table(few));
			const panel = await Panel.openOn(browser, page);
			await panel.waitForText("Save 50 rows here");
			return await measureIn(panel, page, sites);
		} finally {
			await browser.close();
			browser.removeProfile();
			await sites.close();
		}
	},
};

async function measureIn(panel: Panel, page: Page, sites: Sites): Promise<Figure[]> {
	const drawn = { few: [] as number[], many: [] as number[] };
	const whole: number[] = [];
	const long = { scrolling: [] as number[], still: [] as number[] };
	for (let round = 0; round <= rounds; round += 1) {
		const first = await drawMs(panel, page, sites.table(few));
		const second = await drawMs(panel, page, sites.table(many));
		const all = await panel.evaluate<number>(waitForRows(many));
		const still = await panel.evaluate<number[]>(framesWhile(0));
		const scrolling = await panel.evaluate<number[]>(framesWhile(1));
		// The first round fills the code caches and is not counted.
		if (round === 0) continue;
		drawn.few.push(first);
		drawn.many.push(second);
		whole.push(second + all);
		long.still.push(still.filter((ms) => ms > longFrameMs).length);
		long.scrolling.push(scrolling.filter((ms) => ms > longFrameMs).length);
	}
	return [
		figure({
			id: "bulk-grid-draw",
			title: "Look at a page with 5,000 rows until the first are drawn, over one with 50",
			unit: "ratio",
			rounds: ratios(drawn.many, drawn.few),
			details: {
				"5,000 rows ms": median(drawn.many).toFixed(0),
				"50 rows ms": median(drawn.few).toFixed(0),
				"all 5,000 in the grid ms": median(whole).toFixed(0),
			},
		}),
		figure({
			id: "bulk-grid-scroll",
			title: `Frames over ${longFrameMs} ms of ${scrollFrames} while scrolling through 5,000 rows, more than while nothing moves`,
			unit: "count",
			rounds: long.scrolling.map((count, round) => Math.max(0, count - (long.still[round] ?? 0))),
			// One in twenty; a machine that does nothing else has next to none.
			goal: { atMost: scrollFrames / 20 },
			details: { scrolling: median(long.scrolling), still: median(long.still) },
		}),
	];
}

/** From the press on "Look again" to the first rows: reading the page is in it. */
async function drawMs(panel: Panel, page: Page, url: string): Promise<number> {
	await page.goto(url);
	return await panel.evaluate<number>(`(async () => {
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		const rows = () => document.querySelectorAll(".vgrid-body [role=row]").length;
		const start = performance.now();
		document.querySelector('[aria-label="Look again"]').click();
		while (rows() > 0) await frame();
		while (rows() === 0) await frame();
		return performance.now() - start;
	})()`);
}

/** Until the grid counts so many. Milliseconds. */
const waitForRows = (count: number): string => `(async () => {
	const start = performance.now();
	const all = () => document.querySelector("[role=grid]")?.getAttribute("aria-rowcount") === "${count + 1}";
	while (!all()) await new Promise((resolve) => requestAnimationFrame(resolve));
	return performance.now() - start;
})()`;

/** Milliseconds of each frame. @param part of the way from the first row to the last: 0 stays where it is */
const framesWhile = (part: 0 | 1): string => `(async () => {
	const grid = document.querySelector("[role=grid]");
	const step = (grid.scrollHeight - grid.clientHeight) / ${scrollFrames} * ${part};
	const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
	const frames = [];
	grid.scrollTop = 0;
	let before = await frame();
	for (let at = 1; at <= ${scrollFrames}; at += 1) {
		grid.scrollTop = at * step;
		const now = await frame();
		frames.push(now - before);
		before = now;
	}
	return frames;
})()`;
