import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";
import { lockWrites, planStatements } from "../records/write-lock.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { type BulkAim, bulkKinds, type Failure } from "./kinds.ts";

export const chunkSize = 500;

type Operation = BulkAim & { id: string; ownerId: string; cursor: number; lastPlace: number };
type Turn = { recordId: string; place: number; isThere: boolean; onItsWay: boolean };

/** Null: it is not running any more. `advanced`: how many turns were taken; 0 while all that is left is on its way. */
export type ChunkResult = { lanes: string[]; advanced: number; ended: boolean } | null;

const recordGone: RecordProblem = {
	code: "records/not-found",
	message: "This record was removed before its turn came.",
	action: "retry",
};

/** Does the next chunk of an operation and moves its cursor, all in the caller's transaction. */
export async function runChunk(sql: Transaction, operationId: string): Promise<ChunkResult> {
	await lockWrites(sql);
	await planStatements(sql, "each-time");
	await joinByHash(sql);
	const operation = await readRunning(sql, operationId);
	if (operation === null) return null;
	const turns = await nextTurns(sql, operation);
	const waiting = turns.filter(({ onItsWay }) => onItsWay);
	const taken = turns.filter(({ onItsWay }) => !onItsWay);
	await putAtTheEnd(sql, operation, waiting);
	const failures = await carryOut(sql, operation, taken);
	await checkpoint("bulk/in-transaction");
	await noteFailures(sql, operation.id, failures);
	const ended = await moveCursor(sql, operation, {
		cursor: turns.at(-1)?.place ?? operation.lastPlace,
		lastPlace: operation.lastPlace + waiting.length,
		done: taken.length - failures.length,
		failed: failures.length,
	});
	const ids = taken.map(({ recordId }) => recordId);
	return { lanes: await lanesOf(sql, ids), advanced: taken.length, ended };
}

/**
 * Without statistics (a workspace that was just filled) the planner takes it for a few rows, and compares every record of the chunk with every
 * one of the workspace. Joined by hash, a chunk costs one look at either, however wrong the guess.
 */
function joinByHash(sql: Transaction): Promise<unknown> {
	return sql`select set_config('enable_nestloop', 'off', true)`.execute();
}

async function readRunning(sql: Transaction, id: string): Promise<Operation | null> {
	const [operation] = await sql<Operation[]>`
		select id, owner_id, kind, to_target_id, remote_rows, cursor, last_place from sheaf.bulk_operations
		where workspace_id = (select sheaf.current_workspace()) and id = ${id} and status = 'running' for update`;
	return operation ?? null;
}

async function nextTurns(sql: Transaction, { id, cursor }: Operation): Promise<readonly Turn[]> {
	const turns = await sql<{ place: number; recordId: string }[]>`
		select place, record_id from sheaf.bulk_records
		where workspace_id = (select sheaf.current_workspace()) and operation_id = ${id} and place > ${cursor}
		order by place limit ${chunkSize}`;
	const ids = turns.map(({ recordId }) => recordId);
	const records = await sql<{ id: string; targetId: string | null }[]>`
		select id, target_id from sheaf.records
		where workspace_id = (select sheaf.current_workspace()) and id = any(${ids}::uuid[])`;
	// Locked, so that the engine claims none of them between this look and the end of the chunk.
	const held = await sql<{ recordId: string; targetId: string; state: string }[]>`
		select record_id, target_id, state from sheaf.deliveries
		where workspace_id = (select sheaf.current_workspace()) and record_id = any(${ids}::uuid[]) for update`;
	const targets = new Map(records.map((record) => [record.id, record.targetId]));
	const flying = held.filter(
		({ recordId, targetId, state }) => state === "delivering" && targets.get(recordId) === targetId,
	);
	const onTheirWay = new Set(flying.map(({ recordId }) => recordId));
	return turns.map((turn) => ({
		...turn,
		isThere: targets.has(turn.recordId),
		onItsWay: onTheirWay.has(turn.recordId),
	}));
}

async function putAtTheEnd(sql: Transaction, { id, lastPlace }: Operation, turns: readonly Turn[]): Promise<void> {
	if (turns.length === 0) return;
	await sql`
		update sheaf.bulk_records b set place = ${lastPlace} + moved.nth
		from unnest(${turns.map(({ recordId }) => recordId)}::uuid[]) with ordinality as moved(record_id, nth)
		where b.workspace_id = (select sheaf.current_workspace()) and b.operation_id = ${id} and b.record_id = moved.record_id`;
}

async function carryOut(sql: Transaction, operation: Operation, turns: readonly Turn[]): Promise<Failure[]> {
	const gone = turns.flatMap(({ recordId, isThere }) => (isThere ? [] : [{ recordId, problem: recordGone }]));
	const recordIds = turns.flatMap(({ recordId, isThere }) => (isThere ? [recordId] : []));
	if (recordIds.length === 0) return gone;
	return [...gone, ...(await bulkKinds[operation.kind].carryOut(sql, { ...operation, recordIds }))];
}

async function noteFailures(sql: Transaction, id: string, failures: readonly Failure[]): Promise<void> {
	if (failures.length === 0) return;
	await sql`
		update sheaf.bulk_records b set problem = x.problem
		from jsonb_to_recordset(${JSON.stringify(failures)}::text::jsonb) as x("recordId" uuid, problem jsonb)
		where b.workspace_id = (select sheaf.current_workspace()) and b.operation_id = ${id} and b.record_id = x."recordId"`;
}

type Step = { cursor: number; lastPlace: number; done: number; failed: number };

async function moveCursor(sql: Transaction, { id }: Operation, step: Step): Promise<boolean> {
	const ended = step.cursor >= step.lastPlace;
	await sql`
		update sheaf.bulk_operations
		set cursor = ${step.cursor}, last_place = ${step.lastPlace}, done = done + ${step.done}, failed = failed + ${step.failed},
			status = case when ${ended} then 'done' else status end, finished_at = case when ${ended} then now() end,
			updated_at = now()
		where workspace_id = (select sheaf.current_workspace()) and id = ${id}`;
	return ended;
}

/** Where something is due now because of it, removals at an old target included. */
async function lanesOf(sql: Transaction, recordIds: string[]): Promise<string[]> {
	const rows = await sql<{ lane: string }[]>`
		select distinct d.lane from sheaf.deliveries d
		where d.workspace_id = (select sheaf.current_workspace()) and d.record_id = any(${recordIds}::uuid[]) and d.state = 'pending' and d.next_attempt_at <= now()`;
	return rows.map(({ lane }) => lane);
}
