import type { PushResult } from "../connectors/connector.ts";
import type { ErrorCode, RecordProblem } from "../contract/errors.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { backOffMs } from "./back-off.ts";
import type { Claim, ClaimedTarget } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import { type PlannedRow, planRows, type RowRefusal } from "./plan-rows.ts";
import { type NotSent, pushRows } from "./push-rows.ts";
import { type Outcome, type Settlement, settle } from "./settle.ts";

/** Takes a claim all the way: coerces, pushes, halves what is refused, and settles each part as soon as its result is known. */
export async function deliverBatch(run: LaneRun, { target, rows }: Claim): Promise<void> {
	const plan = planRows(rows, target, run.connector.coerce);
	await settleRows(run, target, plan.refused.map(unfitRow));
	if (plan.rows.length > 0) await deliverRows(run, target, plan.rows);
}

/**
 * Pushes rows with one request. A request refused because of a row is halved until that row is found (promise I5): with one
 * row left it is that one which needs the person, or the older records folded under it if it goes through without them.
 */
async function deliverRows(run: LaneRun, target: ClaimedTarget, rows: readonly PlannedRow[]): Promise<void> {
	const result = await pushRows(run, target, rows);
	if (result.kind !== "split") {
		await settleRows(run, target, settlementsOf(run, target, { rows, result }));
		return;
	}
	if (rows.length > 1) {
		const middle = Math.ceil(rows.length / 2);
		await deliverRows(run, target, rows.slice(0, middle));
		await deliverRows(run, target, rows.slice(middle));
		return;
	}
	const [row] = rows;
	if (row === undefined) return;
	const problem: RecordProblem = { code: result.reason, message: result.message, action: "edit" };
	if (row.older.some((older) => older.problem === null)) {
		const older = row.older.map((each) => ({ ...each, problem: each.problem ?? problem }));
		await deliverRows(run, target, [{ ...row, cells: row.ownCells, older }]);
		return;
	}
	await settleRows(run, target, [ended(row, "refused", { reason: result.reason, problem })]);
}

type Judged = { rows: readonly PlannedRow[]; result: Exclude<PushResult, { kind: "split" }> | NotSent };

function settlementsOf(run: LaneRun, target: ClaimedTarget, { rows, result }: Judged): Settlement[] {
	switch (result.kind) {
		case "pushed": {
			const remoteIds = new Map(result.rows.map(({ ref, remoteId }) => [ref, remoteId]));
			return rows.map((row) => {
				const remoteId = remoteIds.get(row.recordId) ?? null;
				const remoteUrl = remoteId === null ? null : run.connector.remoteUrl(target, remoteId);
				return { ...ended(row, "delivered"), remoteId, remoteUrl };
			});
		}
		case "not_sent":
			return rows.map((row) => ({ ...ended(row, "later"), attempts: row.attempts, delayMs: result.afterMs }));
		case "later":
			return rows.map((row) => ({
				...ended(row, "later", { reason: result.reason, problem: problemOf(result, "retry") }),
				delayMs: backOffMs(row.attempts, result.afterMs),
			}));
		case "reconnect":
		case "mend_target":
			// The record did nothing wrong: it is due the moment its target goes on.
			return rows.map((row) => ({
				...ended(row, result.kind, { reason: result.reason, problem: problemOf(result, result.kind) }),
				attempts: row.attempts,
			}));
		case "refused":
			return rows.map((row) => ended(row, "refused", { reason: result.reason, problem: problemOf(result, "retry") }));
	}
}

function problemOf({ reason, message }: { reason: ErrorCode; message: string }, action: RecordProblem["action"]) {
	return { code: reason, message, action };
}

function ended(
	{ recordId, epoch, version, attempts, older }: Omit<PlannedRow, "cells" | "ownCells">,
	outcome: Outcome,
	why: { reason: ErrorCode; problem: RecordProblem } | null = null,
): Settlement {
	return {
		recordId,
		epoch,
		version,
		outcome,
		reason: why?.reason ?? null,
		problem: why?.problem ?? null,
		attempts: outcome === "delivered" ? 0 : attempts + 1,
		delayMs: 0,
		remoteId: null,
		remoteUrl: null,
		older,
	};
}

function unfitRow({ code, ...row }: RowRefusal): Settlement {
	return ended({ ...row, older: [] }, "refused", { reason: code, problem: row.problem });
}

async function settleRows(run: LaneRun, target: ClaimedTarget, settlements: readonly Settlement[]): Promise<void> {
	if (settlements.length === 0) return;
	await checkpoint("deliver/before-settle");
	const { deps, workspaceId, connection } = run;
	await settle(deps.database.asTenant, { workspaceId, target, connection, settlements });
	await checkpoint("deliver/after-settle");
}
