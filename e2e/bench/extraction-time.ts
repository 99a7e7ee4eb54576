import { readFileSync } from "node:fs";
import type { Page } from "playwright";
import { type Pair, readCorpus } from "../../extension/capture/test-corpus.ts";
import { builtExtension, inRepository } from "../support/paths.ts";
import { withExtensions } from "./browser.ts";
import { type Figure, figure, type Measurement, median, ratios } from "./figure.ts";

const rounds = 9;
/** Each timing is of so many runs: a browser's clock is coarser than one capture. */
const runsPerRound = 4;

/** Milliseconds of one run, per round. */
type Times = { ours: number[]; theirs: number[] };
type Timed = Times & { pair: Pair };

/** What a capture costs the page's main thread, beside defuddle alone on the same page: the built scripts, in the browser. */
export const extractionTime: Measurement = {
	name: "extraction-time",
	usesExtension: true,
	measure: async (): Promise<Figure[]> => {
		const pages = readCorpus().filter(({ expected }) => (expected.request?.subject.of ?? "page") === "page");
		const structured = pages.filter(({ html }) => /ld\+json|\sitemscope|\stypeof=/.test(html));
		const articles = pages.filter(({ expected }) => expected.kind === "article");
		return await withExtensions([builtExtension], async (context) => {
			const page = await context.newPage();
			const bare = await timeAll(page, structured, { withBody: false });
			const whole = await timeAll(page, articles, { withBody: true });
			return [
				besideDefuddle(bare, { id: "structured", title: "Fields of a described page", atMost: 0.3 }),
				besideDefuddle(whole, { id: "articles", title: "Fields and text of an article", atMost: 1.3 }),
				percentileOf([...bare, ...whole], { share: 0.5 }),
				percentileOf([...bare, ...whole], { share: 0.95, atMost: 200 }),
			];
		});
	},
};

const script = (path: string): string => readFileSync(path, "utf8");

async function timeAll(page: Page, pairs: readonly Pair[], { withBody }: { withBody: boolean }): Promise<Timed[]> {
	const scripts = [
		script(`${builtExtension}/capture.js`),
		...(withBody ? [script(`${builtExtension}/capture-body.js`)] : []),
		script(inRepository("node_modules/defuddle/dist/index.js")),
	];
	const timed: Timed[] = [];
	for (const pair of pairs) {
		await open(page, pair);
		for (const code of scripts) await page.evaluate(code);
		const request = { subject: { of: "page" }, withBody };
		timed.push({ pair, ...(await page.evaluate<Times>(`(${inPage})(${JSON.stringify(request)})`)) });
	}
	return timed;
}

/** The pair's page at its own address, with nothing of it run and nothing of it fetched. */
async function open(page: Page, { html, expected }: Pair): Promise<void> {
	await page.unrouteAll();
	await page.route("**/*", (route) =>
		route.request().isNavigationRequest()
			? route.fulfill({
					body: html,
					contentType: "text/html; charset=utf-8",
					headers: { "content-security-policy": "script-src 'none'" },
				})
			: route.abort(),
	);
	await page.goto(expected.url, { waitUntil: "domcontentloaded" });
}

/** Both in turn, and which goes first changes every round. Defuddle rewrites what it reads: its copies are made before. */
const inPage = `(request) => {
	const alone = Defuddle.default ?? Defuddle;
	const once = (work) => { const start = performance.now(); work(); return (performance.now() - start) / ${runsPerRound}; };
	const ours = () => once(() => { for (let run = 0; run < ${runsPerRound}; run += 1) sheafCapture(request); });
	const theirs = () => {
		const copies = Array.from({ length: ${runsPerRound} }, () => document.cloneNode(true));
		return once(() => { for (const copy of copies) new alone(copy, { url: location.href, useAsync: false }).parse(); });
	};
	const times = { ours: [], theirs: [] };
	for (let round = 0; round <= ${rounds}; round += 1) {
		const early = round % 2 === 0 ? ours() : theirs();
		const late = round % 2 === 0 ? theirs() : ours();
		if (round === 0) continue;
		times.ours.push(round % 2 === 0 ? early : late);
		times.theirs.push(round % 2 === 0 ? late : early);
	}
	return times;
}`;

/** Per round the time of all pages together: a page that takes nothing weighs nothing. */
function besideDefuddle(timed: readonly Timed[], goal: { id: string; title: string; atMost: number }): Figure {
	const total = (side: keyof Times): number[] =>
		Array.from({ length: rounds }, (_, round) => timed.reduce((sum, times) => sum + (times[side][round] ?? 0), 0));
	const [ours, theirs] = [total("ours"), total("theirs")];
	return figure({
		id: `extraction-${goal.id}`,
		title: `${goal.title}, over defuddle alone on the same page`,
		unit: "ratio",
		rounds: ratios(ours, theirs),
		goal: { atMost: goal.atMost },
		details: {
			pages: timed.length,
			"ours ms a page": (median(ours) / timed.length).toFixed(2),
			"defuddle ms a page": (median(theirs) / timed.length).toFixed(2),
		},
	});
}

/** Of the pages' medians, the one that this share of them does not exceed. */
function percentileOf(timed: readonly Timed[], { share, atMost }: { share: number; atMost?: number }): Figure {
	const slowestLast = timed.map(({ pair, ours }) => ({ pair, ms: median(ours) })).toSorted((a, b) => a.ms - b.ms);
	const at = slowestLast[Math.min(slowestLast.length - 1, Math.floor(slowestLast.length * share))];
	return figure({
		id: `extraction-p${share * 100}`,
		title: `Capture of a page, p${share * 100} of the corpus`,
		unit: "ms",
		rounds: [at?.ms ?? 0],
		...(atMost === undefined ? {} : { goal: { atMost } }),
		details: { page: at?.pair.name ?? "none" },
	});
}
