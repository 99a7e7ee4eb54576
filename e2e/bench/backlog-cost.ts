import { fillBacklog } from "../../backend/db/test-backlog.ts";
import { createTestDatabase, type TestDatabase } from "../../backend/db/test-database.ts";
import { createTestTenant } from "../../backend/db/test-tenant.ts";
import { deliverLane } from "../../backend/sync/deliver-lane.ts";
import { createTestConnector } from "../../backend/sync/test-connector.ts";
import { createTestEngine } from "../../backend/sync/test-engine.ts";
import { createTestTarget } from "../../backend/targets/test-target.ts";
import { type Figure, figure, type Measurement, median, milliseconds, ratios } from "./figure.ts";

const rounds = 9;
const recordsPerRound = 500;
const goal = 1.2;

/** (i) What it costs to deliver a record, claim to settle, with a hundred thousand waiting in its lane over a thousand. */
export const backlogCost: Measurement = {
	name: "backlog-cost",
	measure: async (): Promise<Figure[]> => {
		const [long, short] = [await createTestDatabase(), await createTestDatabase()];
		try {
			const sides = { long: await createLane(long, 100_000), short: await createLane(short, 1_000) };
			const took = { long: [] as number[], short: [] as number[] };
			for (let round = 0; round <= rounds; round += 1) {
				for (const side of round % 2 === 0 ? (["long", "short"] as const) : (["short", "long"] as const)) {
					const perRecord = await sides[side]();
					// The first round warms up and is not counted.
					if (round > 0) took[side].push(perRecord);
				}
			}
			return [
				figure({
					id: "backlog-cost",
					title: "Cost of a record with 100,000 waiting over 1,000",
					unit: "ratio",
					rounds: ratios(took.long, took.short),
					goal: { atMost: goal },
					details: {
						"100,000 waiting, ms": median(took.long).toFixed(2),
						"1,000 waiting, ms": median(took.short).toFixed(2),
					},
				}),
			];
		} finally {
			await long.close();
			await short.close();
		}
	},
};

/** A lane with so many records waiting at the start of every round. Returns what a round took for each record it delivered. */
async function createLane(db: TestDatabase, waiting: number): Promise<() => Promise<number>> {
	// No provider's pace: what is measured is ours.
	const provider = createTestConnector({ requestsPerSecond: 100_000 });
	const engine = createTestEngine(db, provider);
	const person = await createTestTenant(db.database);
	const target = await createTestTarget(db.database, person);
	const lane = { workspaceId: person.workspaceId, lane: target.lane };
	let filled = 0;
	const fill = async (count: number) => {
		await fillBacklog(db, person, { ...target, count, from: filled + 1 });
		filled += count;
	};
	await fill(waiting);
	return async () => {
		const enough = new AbortController();
		let delivered = 0;
		provider.afterPush = async (rows) => {
			delivered += rows.length;
			if (delivered >= recordsPerRound) enough.abort();
			return null;
		};
		const took = await milliseconds(() => deliverLane(engine.deps, lane, enough.signal));
		if (delivered < recordsPerRound) throw new Error(`Only ${delivered} records were delivered.`);
		await fill(delivered);
		return took / delivered;
	};
}
