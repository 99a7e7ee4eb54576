import type { BrowserContext, CDPSession } from "playwright";
import { builtExtension } from "../support/paths.ts";
import { startSites } from "../support/sites.ts";
import { writeBlankExtension } from "./blank-extension.ts";
import { withExtensions } from "./browser.ts";
import { type Figure, figure, type Measurement, ratios } from "./figure.ts";

const rounds = 9;

/** What a page has on it once it is loaded: scripts that were compiled for it, requests it made, worlds that run in it, and its heap. */
type Cost = { scripts: number; requests: number; worlds: number; heapBytes: number };

/** What it costs a page that nobody captures to be looked at with Sheaf installed, beside a blank extension (CAP-5: nothing). */
export const pageCost: Measurement = {
	name: "page-cost",
	usesExtension: true,
	measure: async (): Promise<Figure[]> => {
		const blank = writeBlankExtension();
		const sites = await startSites();
		const address = `${sites.url}/news-article.html`;
		try {
			const visit = (context: BrowserContext) => visitInTurn(context, address);
			const ours = await withExtensions([builtExtension], visit);
			const theirs = await withExtensions([blank.folder], visit);
			const more = (name: keyof Cost) => ours.map((cost, round) => cost[name] - (theirs[round]?.[name] ?? 0));
			const nothing = { unit: "count", goal: { atMost: 0 } } as const;
			return [
				figure({ id: "page-scripts", title: "Scripts on a page nobody captures", rounds: more("scripts"), ...nothing }),
				figure({ id: "page-requests", title: "Requests of such a page", rounds: more("requests"), ...nothing }),
				figure({ id: "page-worlds", title: "Worlds in such a page", rounds: more("worlds"), ...nothing }),
				figure({
					id: "page-heap",
					title: "Heap of such a page over a blank extension's",
					unit: "ratio",
					rounds: ratios(
						ours.map(({ heapBytes }) => heapBytes),
						theirs.map(({ heapBytes }) => heapBytes),
					),
					goal: { atMost: 1.01 },
				}),
			];
		} finally {
			blank.remove();
			await sites.close();
		}
	},
};

async function visitInTurn(context: BrowserContext, address: string): Promise<Cost[]> {
	const costs: Cost[] = [];
	// The first visit fills the caches and is not counted.
	for (let round = 0; round <= rounds; round += 1) {
		const cost = await visit(context, address);
		if (round > 0) costs.push(cost);
	}
	return costs;
}

async function visit(context: BrowserContext, address: string): Promise<Cost> {
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	const cost: Cost = { scripts: 0, requests: 0, worlds: 0, heapBytes: 0 };
	session.on("Debugger.scriptParsed", ({ url }) => {
		if (url !== "") cost.scripts += 1;
	});
	session.on("Network.requestWillBeSent", () => {
		cost.requests += 1;
	});
	try {
		for (const domain of ["Debugger", "Network", "HeapProfiler"] as const) await session.send(`${domain}.enable`);
		await page.goto(address, { waitUntil: "networkidle" });
		cost.worlds = await countWorlds(session);
		await session.send("HeapProfiler.collectGarbage");
		cost.heapBytes = (await session.send("Runtime.getHeapUsage")).usedSize;
		return cost;
	} finally {
		await page.close();
	}
}

/** Every extension that runs something in a page has a world of its own there; those of the tool that looks are the same for both. */
async function countWorlds(session: CDPSession): Promise<number> {
	let worlds = 0;
	session.on("Runtime.executionContextCreated", () => {
		worlds += 1;
	});
	// Tells of all that are there before it answers.
	await session.send("Runtime.enable");
	return worlds;
}
