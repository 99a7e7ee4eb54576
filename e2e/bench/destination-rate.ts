import { fillBacklog } from "../../backend/db/test-backlog.ts";
import { waitUntil } from "../support/wait-until.ts";
import { type BenchProvider, type SentRequest, withEngine } from "./engine.ts";
import { type Figure, figure, type Measurement } from "./figure.ts";
import {
	benchAirtable,
	benchBaserow,
	benchNocodb,
	benchNotion,
	benchSheets,
	benchWebhook,
	benchZapier,
} from "./providers.ts";

const windowMs = 60_000;
const goal = 0.95;

type Destination = {
	open(): Promise<BenchProvider>;
	/** What the provider allows, or where it names no rate what Sheaf allows itself. */
	requestsPerSecond: number;
	/** Of the requests, those that this rate is about. */
	counts?(sent: SentRequest): boolean;
	/** More than fit into the minute. */
	records: number;
};

const destinations: readonly Destination[] = [
	{ open: benchAirtable, requestsPerSecond: 5, records: 4_000 },
	{ open: benchNotion, requestsPerSecond: 3, records: 150 },
	{ open: benchSheets, requestsPerSecond: 1, records: 15_000, counts: ({ request }) => isSheetsRead(request) },
	{ open: benchNocodb, requestsPerSecond: 5, records: 6_000 },
	{ open: benchBaserow, requestsPerSecond: 5, records: 6_000 },
	{ open: benchWebhook, requestsPerSecond: 20, records: 2_000 },
	{ open: benchZapier, requestsPerSecond: 30, records: 3_000 },
];

/** Reads are what a push has most of, so that their quota is the one that is reached. */
function isSheetsRead({ method, url }: SentRequest["request"]): boolean {
	return method === "GET" || url.includes("ByDataFilter");
}

/** Requests that left in a minute over what each provider allows, all of them at once: each waits for its own pace. */
export const destinationRate: Measurement = {
	name: "destination-rate",
	measure: async () => {
		const opened = await Promise.all(destinations.map(async (of) => ({ ...of, provider: await of.open() })));
		const providers = opened.map(({ provider }) => provider);
		try {
			return await withEngine(providers, async (engine) => {
				for (const { provider, records } of opened) {
					const target = await engine.addTarget(provider);
					await fillBacklog(engine.db, engine.principal, { ...target, count: records });
				}
				engine.sent.length = 0;
				engine.start();
				await waitUntil("a minute of every provider to be over", () => opened.every(isOver(engine.sent)), {
					timeoutMs: 4 * windowMs,
					everyMs: 1_000,
				});
				return opened.flatMap((each) => figuresOf(each, engine.sent));
			});
		} finally {
			await Promise.all(providers.map(({ stop }) => stop()));
		}
	},
};

type Opened = Destination & { provider: BenchProvider };

function isOver(sent: readonly SentRequest[]): (opened: Opened) => boolean {
	return (opened) => {
		const [first] = requestsOf(opened, sent);
		return first !== undefined && performance.now() - first.at > windowMs;
	};
}

function requestsOf({ provider, counts = () => true }: Opened, sent: readonly SentRequest[]): SentRequest[] {
	const { origin } = new URL(provider.url);
	return sent.filter((request) => request.origin === origin && counts(request));
}

/** The first request opens the minute and is not counted. */
function figuresOf(opened: Opened, sent: readonly SentRequest[]): Figure[] {
	const { provider, requestsPerSecond } = opened;
	const { id, title } = provider.connector.manifest;
	const requests = requestsOf(opened, sent);
	const [first] = requests;
	if (first === undefined) throw new Error(`Nothing left for ${title}.`);
	const counted = requests.filter(({ at }) => at > first.at && at <= first.at + windowMs).length;
	const refused = requestsOf({ ...opened, counts: ({ status }) => status === 429 }, sent).length;
	return [
		figure({
			id: `destination-rate-${id}`,
			title: `${title}: requests in a minute over the allowed`,
			unit: "ratio",
			rounds: [counted / (requestsPerSecond * (windowMs / 1_000))],
			goal: { atLeast: goal },
			details: { requests: counted, "allowed a second": requestsPerSecond },
		}),
		figure({
			id: `destination-throttled-${id}`,
			title: `${title}: refusals for being too fast`,
			unit: "count",
			rounds: [refused],
			goal: { atMost: 0 },
		}),
	];
}
