import type { PushResult, Told } from "../connectors/connector.ts";
import type { ErrorCode, RecordProblem } from "../contract/errors.ts";
import { cellFingerprints } from "../records/cell-fingerprint.ts";
import { backOffMs } from "./back-off.ts";
import type { ClaimedTarget } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import type { PlannedRow, RowRefusal } from "./plan-rows.ts";
import { problemOf } from "./problem-of.ts";
import type { NotSent } from "./push-rows.ts";
import type { Outcome, Settlement } from "./settlement.ts";

/** A row as far as its end is concerned. */
export type EndingRow = Pick<PlannedRow, "recordId" | "epoch" | "version" | "attempts" | "older" | "merged"> &
	Partial<Pick<PlannedRow, "cells" | "leftOut">>;

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
				return { ...ended(row, "delivered"), remoteId, remoteUrl, created, base: row.merged?.base ?? leftBy(run, row) };
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
			return rows.map((row) => blameless(row, result.kind, result));
		case "refused":
			if (isTargetFault(result.reason)) return rows.map((row) => blameless(row, "mend_target", result));
			return rows.map((row) =>
				ended(row, "refused", { reason: result.reason, problem: problemOf(result, helpFor(result)) }),
			);
	}
}

function helpFor({ reason }: Told): RecordProblem["action"] {
	return reason === "delivery/picture-too-large" ? "edit" : "retry";
}

/** What reading found out about the table itself: it would be said of every record, so that the target has to be mended. */
export function isTargetFault(reason: ErrorCode): boolean {
	return ["delivery/table-missing", "delivery/column-missing", "delivery/permission-lost"].includes(reason);
}

/** The record did nothing wrong: it is due the moment its account or its target goes on. */
function blameless(row: EndingRow, outcome: "reconnect" | "mend_target", told: Told): Settlement {
	return { ...ended(row, outcome, { reason: told.reason, problem: problemOf(told, outcome) }), attempts: row.attempts };
}

/** All of what was sent, where it can be read again: by it an edit of somebody else is told from our own. */
function leftBy({ connector }: LaneRun, { cells }: EndingRow): Record<string, string> | null {
	return connector.read === undefined || cells === undefined ? null : cellFingerprints(cells);
}

/** One row's end; `why` where it did not arrive. */
export function ended(
	{ recordId, epoch, version, attempts, older, leftOut = [] }: EndingRow,
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
		note: leftOut.length === 0 ? null : { code: "picture-left-out", columns: [...leftOut] },
		older,
		awaits: null,
	};
}

/** A row that could not be sent as it is. */
export function unfitRow({ code, ...row }: RowRefusal): Settlement {
	return ended({ ...row, older: [] }, "refused", { reason: code, problem: row.problem });
}
