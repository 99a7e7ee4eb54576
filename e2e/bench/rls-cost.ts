import { createTestDatabase, type TestDatabase } from "../../backend/db/test-database.ts";
import { switchRowSecurityOff } from "../../backend/db/test-row-security.ts";
import { createTestTenant } from "../../backend/db/test-tenant.ts";
import { parseOperation } from "../../backend/records/parse-operation.ts";
import { type RecordRow, writeBatch } from "../../backend/records/write-batch.ts";
import { createTestTarget } from "../../backend/targets/test-target.ts";
import { type Figure, figure, interleave, type Measurement, median, ratios } from "./figure.ts";
import { sampleOperations } from "./sample-operations.ts";

const rounds = 5;
const rowsPerRound = 10_000;
const goals = [
	{ rows: 100, atMost: 1.18 },
	{ rows: 1_000, atMost: 1.05 },
];

/** (b) The statement that writes a batch, as the API's role, with row-level security on and off: nothing else differs. */
export const rlsCost: Measurement = {
	name: "rls-cost",
	measure: async (): Promise<Figure[]> => {
		const guarded = await createTestDatabase();
		const open = await createTestDatabase();
		try {
			await switchRowSecurityOff(open.url);
			const sides = { guarded: await createWriter(guarded), open: await createWriter(open) };
			const figures: Figure[] = [];
			for (const { rows, atMost } of goals) {
				const batches = rowsPerRound / rows;
				const took = await interleave(
					rounds,
					() => sides.guarded(batches, rows),
					() => sides.open(batches, rows),
				);
				const milliseconds = (side: number[]) => (median(side) / batches).toFixed(2);
				figures.push(
					figure({
						id: `rls-cost-${rows}`,
						title: `Row-level security on over off, ${rows} rows a batch`,
						unit: "ratio",
						rounds: ratios(took.ours, took.theirs),
						goal: { atMost },
						details: { "on, ms a batch": milliseconds(took.ours), "off, ms a batch": milliseconds(took.theirs) },
					}),
				);
			}
			return figures;
		} finally {
			await guarded.close();
			await open.close();
		}
	},
};

/** Writes so many batches of so many new rows, each in a transaction of its own. */
async function createWriter({ database }: TestDatabase): Promise<(batches: number, rows: number) => Promise<void>> {
	const principal = await createTestTenant(database);
	const target = await createTestTarget(database, principal);
	return async (batches, rows) => {
		for (let batch = 0; batch < batches; batch += 1) {
			const prepared = prepareRows(rows, target);
			await database.asTenant(principal, (sql) => writeBatch(sql, prepared, principal.sessionId));
		}
	};
}

function prepareRows(count: number, { targetId, lane }: { targetId: string; lane: string }) {
	const accepted = [];
	const records: RecordRow[] = [];
	for (const sent of sampleOperations(count, targetId)) {
		const parsed = parseOperation(sent);
		if (!parsed.ok || parsed.operation.kind !== "record.put") throw new Error("A sample operation is not right.");
		const put = parsed.operation;
		accepted.push({ operation: put, changes: true, beforeHash: null, afterHash: put.hash });
		const delivery = {
			lane,
			state: "pending",
			nextAttemptAt: "now",
			holdSeconds: 0,
			review: null,
			problem: null,
		} as const;
		records.push({ put, matchKey: sent.record.source.url, supersededBy: null, delivery });
	}
	return { accepted, records };
}
