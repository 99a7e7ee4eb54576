import { readFileSync } from "node:fs";
import type { Page } from "playwright";
import { type Pair, readCorpus } from "../../extension/capture/test-corpus.ts";
import { builtExtension, inRepository } from "../support/paths.ts";
import { withExtensions } from "./browser.ts";
import { type Figure, figure, type Measurement, median } from "./figure.ts";

const rounds = 2;
/** Of each sort, spread over the corpus: every page is loaded anew for every round, which takes its time. */
const pagesOfASort = 24;
/** Many enough runs that asking for the time between the groups is nothing beside them. */
const runsOfAGroup = 10;
const groups = 4;

/** A page that is captured: structured data alone, or an article with its text. */
type Sort = "structured" | "article";
type Timed = { sort: Sort; ours: number; theirs: number };

/**
 * What the built capture script costs the page's main thread, beside defuddle alone on the same pages in the same browser. Each page is
 * loaded anew, and both run in it in turn, several times. What counts is the processor time of the main thread: on a busy machine the
 * clock on the wall also counts how often others were let in, and that is the more often the longer one takes. Neither may change the
 * page, so the copy that defuddle needs is part of what it costs. It answers with HTML, while ours goes on to Markdown and the fields:
 * that is left in our disfavour.
 */
export const extractionCost: Measurement = {
	name: "extraction-cost",
	usesExtension: true,
	measure: async (): Promise<Figure[]> =>
		await withExtensions([builtExtension], async (context) => {
			const page = await context.newPage();
			const scripts = readScripts();
			const measured: Timed[][] = [];
			for (let round = 0; round <= rounds; round += 1) {
				const timed: Timed[] = [];
				for (const pair of measurable())
					timed.push(await timePair(page, pair, { scripts, oursFirst: round % 2 === 0 }));
				// The first round fills the caches and is not counted.
				if (round > 0) measured.push(timed);
			}
			return [
				ratioOf(measured, "structured", { at: 0.5, goal: 0.3 }),
				ratioOf(measured, "structured", { at: 0.95, goal: 0.3 }),
				ratioOf(measured, "article", { at: 0.5, goal: 1.3 }),
				ratioOf(measured, "article", { at: 0.95, goal: 1.3 }),
				longest(measured),
			];
		}),
};

type Scripts = { capture: string; body: string; defuddle: string };

function readScripts(): Scripts {
	const read = (path: string): string => readFileSync(path, "utf8");
	return {
		capture: read(`${builtExtension}/capture.js`),
		body: read(`${builtExtension}/capture-body.js`),
		defuddle: read(inRepository("node_modules/defuddle/dist/index.js")),
	};
}

const describesItself = /ld\+json|itemscope|typeof=|property="og:type"/;

const sortOf = ({ html, expected }: Pair): Sort | null => {
	if (expected.kind === "article") return "article";
	return describesItself.test(html) ? "structured" : null;
};

/** Pages that are captured as pages: what was pointed at has no counterpart in an extractor of articles. */
const measurable = (): Pair[] => {
	const pages = readCorpus().filter((pair) => (pair.expected.request?.subject.of ?? "page") === "page");
	return (["structured", "article"] as const).flatMap((sort) => {
		const all = pages.filter((pair) => sortOf(pair) === sort);
		const step = Math.max(1, Math.floor(all.length / pagesOfASort));
		return all.filter((_pair, at) => at % step === 0).slice(0, pagesOfASort);
	});
};

async function timePair(page: Page, pair: Pair, how: { scripts: Scripts; oursFirst: boolean }): Promise<Timed> {
	const sort = sortOf(pair) ?? "structured";
	const address = "https://corpus.example/page";
	await page.route("**/*", (route) =>
		route.request().url() === address
			? route.fulfill({ body: pair.html, contentType: "text/html; charset=utf-8" })
			: route.abort(),
	);
	await page.goto(address, { waitUntil: "domcontentloaded" });
	const { capture, body, defuddle } = how.scripts;
	const code = `${defuddle};${capture};${sort === "article" ? body : ""}`;
	await page.evaluate(`(0, eval)(${JSON.stringify(code)})`);
	await page.evaluate(defineSides, { withBody: sort === "article" });
	const both = await timeBoth(page, how.oursFirst);
	await page.unroute("**/*");
	return { sort, ...both };
}

type Side = "ours" | "theirs";

/** Runs in the page: each side as a function that runs so many times. */
function defineSides({ withBody }: { withBody: boolean }): void {
	type Defuddle = new (document: Document, options: object) => { parse(): unknown };
	type Bound = { Defuddle: Defuddle; sheafCapture(request: object): unknown; sides: Record<Side, () => void> };
	const bound = globalThis as unknown as Bound;
	bound.sides = {
		ours: () => bound.sheafCapture({ subject: { of: "page" }, withBody }),
		// It rewrites what it reads: it gets a copy, as it does in our own script.
		theirs: () =>
			new bound.Defuddle(document.cloneNode(true) as Document, { url: location.href, useAsync: false }).parse(),
	};
}

/** Milliseconds of one run of each side: of several groups of runs, in turn, the one that the machine disturbed least. */
async function timeBoth(page: Page, oursFirst: boolean): Promise<{ ours: number; theirs: number }> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send("Performance.enable");
	const processorMs = async (): Promise<number> => {
		const { metrics } = await devtools.send("Performance.getMetrics");
		return (metrics.find(({ name }) => name === "ThreadTime")?.value ?? 0) * 1_000;
	};
	const times = { ours: [] as number[], theirs: [] as number[] };
	for (let group = 0; group < groups; group += 1) {
		const first: Side = oursFirst === (group % 2 === 0) ? "ours" : "theirs";
		for (const side of [first, first === "ours" ? "theirs" : "ours"] as const) {
			const before = await processorMs();
			await page.evaluate(`for (let run = 0; run < ${runsOfAGroup}; run += 1) globalThis.sides.${side}()`);
			times[side].push(((await processorMs()) - before) / runsOfAGroup);
		}
	}
	await devtools.detach();
	return { ours: Math.min(...times.ours), theirs: Math.min(...times.theirs) };
}

const percentile = (values: readonly number[], at: number): number =>
	[...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0;

const rounded = (value: number): number => Math.round(value * 100) / 100;

function ratioOf(measured: readonly Timed[][], sort: Sort, { at, goal }: { at: number; goal: number }): Figure {
	const side = (timed: readonly Timed[], name: "ours" | "theirs"): number =>
		percentile(
			timed.filter((one) => one.sort === sort).map((one) => one[name]),
			at,
		);
	const what = sort === "article" ? "articles with their text" : "pages that describe themselves";
	return figure({
		id: `extraction-${sort}-p${Math.round(at * 100)}`,
		title: `Capture of ${what} over defuddle alone, p${Math.round(at * 100)} of the corpus`,
		unit: "ratio",
		rounds: measured.map((timed) => side(timed, "ours") / side(timed, "theirs")),
		goal: { atMost: goal },
		details: {
			"ours ms": rounded(median(measured.map((timed) => side(timed, "ours")))),
			"defuddle ms": rounded(median(measured.map((timed) => side(timed, "theirs")))),
			pages: measured[0]?.filter((one) => one.sort === sort).length ?? 0,
		},
	});
}

/** The budget of the main thread, on the page that is slower than 95 of a hundred. */
function longest(measured: readonly Timed[][]): Figure {
	const values = measured.map((timed) =>
		percentile(
			timed.map(({ ours }) => ours),
			0.95,
		),
	);
	return figure({
		id: "extraction-p95",
		title: "Capture on the page's main thread, p95 of the corpus",
		unit: "ms",
		rounds: values,
		goal: { atMost: 200 },
	});
}
