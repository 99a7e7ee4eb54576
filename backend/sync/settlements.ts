import type { PushResult } from "../connectors/connector.ts";
import type { ErrorCode, RecordProblem } from "../contract/errors.ts";
import { backOffMs } from "./back-off.ts";
import type { ClaimedTarget } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import type { PlannedRow, RowRefusal } from "./plan-rows.ts";
import type { NotSent } from "./push-rows.ts";
import type { Outcome, Settlement } from "./settlement.ts";

/** A row as far as its end is concerned. */
export type EndingRow = Pick<PlannedRow, "recordId" | "epoch" | "version" | "attempts" | "older" | "merged">;

/** A push that said the same of all its rows, or what became of each. */
export type Judged = { rows: readonly EndingRow[]; result: Exclude<PushResult, { kind: "split" }> | NotSent };

/** How each row of a push ended. */
export function settlementsOf(run: LaneRun, target: ClaimedTarget, { rows, result }: Judged): Settlement[] {
	switch (result.kind) {
		case "pushed": {
			const pushed = new Map(result.rows.map((row) => [row.ref, row]));
			return rows.map((row) => {
				const { remoteId = null, created = null } = pushed.get(row.recordId) ?? {};
				const remoteUrl = remoteId === null ? null : run.connector.remoteUrl(target, remoteId);
				return { ...ended(row, "delivered"), remoteId, remoteUrl, created, base: row.merged?.base ?? null };
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

/** One row's end; `why` where it did not arrive. */
export function ended(
	{ recordId, epoch, version, attempts, older }: EndingRow,
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
		created: null,
		conflict: null,
		base: null,
		older,
	};
}

/** A row that could not be sent as it is. */
export function unfitRow({ code, ...row }: RowRefusal): Settlement {
	return ended({ ...row, older: [] }, "refused", { reason: code, problem: row.problem });
}
