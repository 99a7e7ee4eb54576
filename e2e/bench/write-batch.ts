import postgres, { type Sql } from "postgres";
import type { RecordPutOperation } from "../../backend/contract/writes.ts";
import { createTestDatabase, type TestDatabase } from "../../backend/db/test-database.ts";
import { switchRowSecurityOff } from "../../backend/db/test-row-security.ts";
import { createTestTenant } from "../../backend/db/test-tenant.ts";
import { acceptWrites } from "../../backend/records/accept-writes.ts";
import { createTestTarget, type TestTarget } from "../../backend/targets/test-target.ts";
import { type Figure, figure, interleave, type Measurement, median, ratios } from "./figure.ts";
import { sampleOperations } from "./sample-operations.ts";

const rounds = 9;
const batchesPerRound = 10;
const operationsPerBatch = 500;
const goal = 0.8;

/**
 * (a) The whole write path (check, hash, decide, match key, one statement under row-level security) over the same rows of the
 * same four tables, ready made, inserted by postgres.js as a superuser into the same schema with row-level security
 * off. Both sides commit each batch, to disk.
 */
export const writeBatch: Measurement = {
	name: "write-batch",
	measure: async (): Promise<Figure[]> => {
		const ours = await createTestDatabase();
		const theirs = await createTestDatabase();
		const bare = postgres(theirs.url, { max: 1, onnotice: () => undefined });
		try {
			const principal = await createTestTenant(ours.database);
			const target = await createTestTarget(ours.database, principal);
			await switchRowSecurityOff(theirs.url);
			const owner = await createOwner(theirs);
			const deps = {
				database: ours.database,
				connectors: new Map(),
				ring: async () => undefined,
				log: { warn: () => undefined },
			};
			const took = await interleave(
				rounds,
				async () => {
					for (const batch of batches(target)) {
						const results = await acceptWrites(deps, principal, batch);
						if (results.some(({ status }) => status !== "stored")) throw new Error("A row was not stored.");
					}
				},
				async () => {
					for (const batch of batches(owner)) await insertBare(bare, batch, owner);
				},
			);
			return [rowsPerSecond(took)];
		} finally {
			await bare.end();
			await ours.close();
			await theirs.close();
		}
	},
};

function rowsPerSecond(took: { ours: number[]; theirs: number[] }): Figure {
	const rows = batchesPerRound * operationsPerBatch;
	const perSecond = (milliseconds: number) => Math.round((rows / milliseconds) * 1_000);
	return figure({
		id: "write-batch",
		title: "Batch write, rows/s, over bare inserts of the same rows",
		unit: "ratio",
		rounds: ratios(took.theirs, took.ours),
		goal: { atLeast: goal },
		details: { "rows/s": perSecond(median(took.ours)), "bare rows/s": perSecond(median(took.theirs)) },
	});
}

const batches = ({ targetId }: TestTarget): RecordPutOperation[][] =>
	Array.from({ length: batchesPerRound }, () => sampleOperations(operationsPerBatch, targetId));

type Owner = TestTarget & { workspaceId: string; userId: string };

async function createOwner({ database }: TestDatabase): Promise<Owner> {
	const principal = await createTestTenant(database);
	return { ...(await createTestTarget(database, principal)), ...principal };
}

/** What somebody would write who wants nothing but the rows: one multi-row insert per table, one transaction. */
async function insertBare(bare: Sql, batch: readonly RecordPutOperation[], owner: Owner): Promise<void> {
	const tenant = { workspace_id: owner.workspaceId, owner_id: owner.userId };
	const hash = Buffer.alloc(32, 1);
	await bare.begin(async (sql) => {
		await sql`insert into sheaf.operations ${sql(
			batch.map(({ id, kind, record }) => ({ ...tenant, id, kind, record_id: record.id, content_hash: hash })),
		)}`;
		await sql`insert into sheaf.records ${sql(
			batch.map(({ record }) => ({
				...tenant,
				id: record.id,
				kind: record.kind,
				version: record.version,
				captured_at: record.capturedAt,
				source: sql.json(record.source),
				fields: sql.json(record.fields),
				content_hash: hash,
				target_id: owner.targetId,
				match_key: record.source.url,
			})),
		)}`;
		await sql`insert into sheaf.deliveries ${sql(
			batch.map(({ record }) => ({
				...tenant,
				target_id: owner.targetId,
				record_id: record.id,
				lane: owner.lane,
				version: record.version,
				match_key: record.source.url,
			})),
		)}`;
		await sql`insert into sheaf.audit_log ${sql(
			batch.map(({ kind, record }) => ({
				...tenant,
				action: kind,
				subject_type: "record",
				subject_id: record.id,
				outcome: "stored",
				after_hash: hash,
			})),
		)}`;
	});
}
