import { setTimeout as delay } from "node:timers/promises";
import { fillBacklog } from "../../backend/db/test-backlog.ts";
import { acceptWrites } from "../../backend/records/accept-writes.ts";
import { testPut } from "../../backend/records/test-operations.ts";
import type { TestTarget } from "../../backend/targets/test-target.ts";
import { waitUntil } from "../support/wait-until.ts";
import { type BenchEngine, type BenchProvider, withEngine } from "./engine.ts";
import { type Figure, figure, type Measurement } from "./figure.ts";
import { benchAirtable, benchNotion } from "./providers.ts";

const backlog = 100_000;
const recordsEach = 20;
const goalMs = 2_000;
/** Between two records. At Notion one takes three of its three requests a second: more of them would be a backlog that takes turns with the other. */
const restMs = 2_000;

type Single = { title: string; id: string; target: TestTarget; provider: BenchProvider };

/**
 * (j) From the moment a single record is due to the request that writes it, while another target of the same budget has 100,000 rows
 * waiting: in the same base and connection, in the same base over another connection, and in another base.
 */
export const fairness: Measurement = {
	name: "fairness",
	measure: async (): Promise<Figure[]> => {
		const [airtable, notion] = [await benchAirtable(), await benchNotion()];
		try {
			return await withEngine([airtable, notion], async (engine) => {
				const singles = [
					...(await besideBacklog(engine, airtable)),
					...(await besideBacklog(engine, notion)),
					...(await elsewhere(engine, airtable)),
				];
				engine.start();
				await waitUntil("both backlogs to be on their way", () => bothLeft(engine, [airtable, notion]), {
					timeoutMs: 60_000,
				});
				// Budgets do not wait for one another; records of one do.
				const ofProvider = [airtable, notion].map(async (provider) => {
					const figures: Figure[] = [];
					for (const single of singles) if (single.provider === provider) figures.push(await measure(engine, single));
					return figures;
				});
				return (await Promise.all(ofProvider)).flat();
			});
		} finally {
			await Promise.all([airtable.stop(), notion.stop()]);
		}
	},
};

type Several = BenchProvider & { tables: BenchProvider["table"][] };

/** A target with the backlog, and two whose records come one by one: in its lane, and in another lane of the same budget. */
async function besideBacklog(engine: BenchEngine, provider: Several): Promise<Single[]> {
	const { id, title, budgetScope } = provider.connector.manifest;
	const full = await engine.addTarget(provider);
	await fillBacklog(engine.db, engine.principal, { ...full, count: backlog });
	const { connectionId } = full;
	const [, table] = provider.tables;
	if (table === undefined) throw new Error(`${title} has one table only.`);
	const single = async (where: string, name: string, own: { connectionId?: string }): Promise<Single> => {
		const target = await engine.addTarget(provider, { ...own, table });
		return { title: `${title}, ${name}`, id: `fairness-${id}-${where}`, target, provider };
	};
	const sameLane = await single("lane", "another table over the same connection", { connectionId });
	// Notion counts connection by connection, so that another one is another budget.
	const { containerId } = table;
	const shared = budgetScope({ containerId, connectionId }) === budgetScope({ containerId, connectionId: "another" });
	return shared ? [sameLane, await single("budget", "another connection to the same base", {})] : [sameLane];
}

async function elsewhere(engine: BenchEngine, provider: Several): Promise<Single[]> {
	const table = provider.tables.at(-1);
	if (table === undefined) throw new Error("There is no table.");
	const target = await engine.addTarget(provider, { table });
	const { id, title } = provider.connector.manifest;
	return [{ title: `${title}, another base`, id: `fairness-${id}-elsewhere`, target, provider }];
}

function bothLeft({ sent }: BenchEngine, providers: readonly BenchProvider[]): boolean {
	return providers.every(
		({ url }) => sent.filter(({ origin, request }) => origin === url && request.method !== "GET").length > 10,
	);
}

/** One record after the other, as a person captures them. */
async function measure(engine: BenchEngine, { title, id, target, provider }: Single): Promise<Figure> {
	const delays: number[] = [];
	for (let made = 0; made < recordsEach; made += 1) {
		await delay(restMs);
		const url = `https://single.test/${id}/${made}`;
		const { ring, connectors } = engine;
		const deps = { database: engine.db.database, ring, connectors, log: { warn: () => undefined } };
		const dueAt = performance.now();
		const [stored] = await acceptWrites(deps, engine.principal, [testPut({ targetId: target.targetId, url })]);
		if (stored?.status !== "stored") throw new Error(`The record was not stored: ${JSON.stringify(stored)}`);
		const writing = () => engine.sent.find(({ request }) => isWriteOf(provider, request, url));
		await waitUntil("the single record to be written", () => writing() !== undefined, {
			timeoutMs: 60_000,
			everyMs: 5,
		});
		delays.push((writing()?.at ?? Number.NaN) - dueAt);
	}
	return figure({
		id,
		title: `Single record beside 100,000, p95: ${title}`,
		unit: "ms",
		rounds: [percentile(delays, 0.95)],
		goal: { atMost: goalMs },
		details: { "p50 ms": Math.round(percentile(delays, 0.5)), "longest ms": Math.round(Math.max(...delays)) },
	});
}

type Request = BenchEngine["sent"][number]["request"];

/** Notion's rows are looked for by their address before they are made: that is not the writing. */
function isWriteOf({ connector }: BenchProvider, { url: to, json, raw }: Request, url: string): boolean {
	const text = json === undefined ? new TextDecoder().decode(raw?.bytes) : JSON.stringify(json);
	return text.includes(url) && !(connector.manifest.id === "notion" && to.endsWith("/query"));
}

function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const value = sorted[Math.ceil(sorted.length * share) - 1];
	if (value === undefined) throw new Error("There is no percentile of nothing.");
	return value;
}
