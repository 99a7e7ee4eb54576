import { randomUUID } from "node:crypto";
import type { AppliedUpsert } from "../../backend/connectors/airtable/simulator/journal.ts";
import type { TargetView } from "../../backend/contract/targets.ts";
import type { WritesBatchResponse } from "../../backend/contract/writes.ts";
import { uuidV7 } from "../../extension/outbox/uuid-v7.ts";
import { launchBrowser } from "../support/browser.ts";
import { connectTarget, type Person, signUp } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";
import { makeTestBase, type TestBase } from "../support/test-base.ts";
import { waitUntil } from "../support/wait-until.ts";
import { type Figure, figure, type Measurement } from "./figure.ts";
import { withStand } from "./with-stand.ts";

/** What Airtable allows one base: 5 requests a second of 10 records each (providers/airtable.md, Limits). */
const allowedPerSecond = 50;
const recordsPerBase = 1_000;
/** 0.97 until Undo could give rows back what they had: of a hundred requests, those for the last 25 records look first. */
const goal = 0.95;

/** (d) Records a second that arrive in a base, over what its provider allows: one base alone, then ten at once. */
export const deliveryRate: Measurement = {
	name: "delivery-rate",
	usesExtension: true,
	measure: () =>
		withStand("bench-rate", async (stand) => {
			const browser = await launchBrowser({ serverUrl: stand.proxy.url });
			try {
				const person = await signUp(browser, stand.backend.url);
				return [...(await measureBases(stand, person, 1)), ...(await measureBases(stand, person, 10))];
			} finally {
				await browser.close();
				browser.removeProfile();
			}
		}),
};

async function measureBases(stand: Stand, person: Person, count: number): Promise<Figure[]> {
	await stand.simulator.reset();
	const bases: { base: TestBase; target: TargetView }[] = [];
	for (let made = 0; made < count; made += 1) {
		const base = await makeTestBase(stand.simulator);
		const target = await connectTarget(person, base);
		await setPaused(person, target, true);
		await write(person, target);
		bases.push({ base, target });
	}
	// The backlog is there before the clock runs: what is measured is the engine, not the writing beside it.
	await Promise.all(bases.map(({ target }) => setPaused(person, target, false)));
	const ids = bases.map(({ base }) => base.id);
	await waitUntil("every record to arrive", async () => arrived(await stand.simulator.upserts(), ids), {
		timeoutMs: 180_000,
		everyMs: 1_000,
	});
	const upserts = await stand.simulator.upserts();
	const { throttled } = await stand.simulator.counters();
	const title = count === 1 ? "one base" : `${count} bases at once`;
	return [
		figure({
			id: `delivery-rate-${count}`,
			title: `Records a second over the allowed, ${title}`,
			unit: "ratio",
			rounds: ids.map((id) => rateOf(upserts, id) / allowedPerSecond),
			goal: { atLeast: goal },
		}),
		figure({
			id: `delivery-throttled-${count}`,
			title: `Refusals for being too fast, ${title}`,
			unit: "count",
			rounds: [throttled],
			goal: { atMost: 0 },
		}),
	];
}

async function setPaused(person: Person, target: TargetView, paused: boolean): Promise<void> {
	const reply = await person.api<TargetView>("PATCH", `/api/v1/targets/${target.id}`, { paused });
	if (reply.status !== 200) throw new Error(`Pausing was answered ${JSON.stringify(reply)}`);
}

async function write(person: Person, target: TargetView): Promise<void> {
	const operations = Array.from({ length: recordsPerBase }, (_, index) => {
		const url = `https://example.test/${target.id}/${index}`;
		const fields = { title: { type: "text", value: `Record ${index}` }, url: { type: "url", value: url } };
		const capturedAt = new Date().toISOString();
		const record = { id: randomUUID(), kind: "page", version: 1, capturedAt, source: { url, title: "" }, fields };
		return { id: uuidV7(), kind: "record.put", targetId: target.id, record };
	});
	for (let start = 0; start < operations.length; start += 500) {
		const body = { operations: operations.slice(start, start + 500) };
		const reply = await person.api<WritesBatchResponse>("POST", "/api/v1/writes/batch", body);
		const wrong = reply.body.results.find(({ status }) => status !== "stored");
		if (wrong) throw new Error(`A record was not stored: ${JSON.stringify(wrong)}`);
	}
}

function arrived(upserts: readonly AppliedUpsert[], ids: readonly string[]): boolean {
	return ids.every((id) => rowsOf(upserts, id).reduce((sum, { rows }) => sum + rows, 0) >= recordsPerBase);
}

function rowsOf(upserts: readonly AppliedUpsert[], baseId: string): { at: number; rows: number }[] {
	return upserts
		.filter((upsert) => upsert.baseId === baseId)
		.map(({ at, rows }) => ({ at: Date.parse(at), rows: rows.length }));
}

/** From the first request to the last: the rows of the first opened the clock and are not counted. */
function rateOf(upserts: readonly AppliedUpsert[], baseId: string): number {
	const [first, ...rest] = rowsOf(upserts, baseId);
	const last = rest.at(-1);
	if (!first || !last) throw new Error("Nothing arrived.");
	return rest.reduce((sum, { rows }) => sum + rows, 0) / ((last.at - first.at) / 1_000);
}
