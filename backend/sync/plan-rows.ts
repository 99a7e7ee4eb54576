import type { Connector, Told } from "../connectors/connector.ts";
import type { ErrorCode, RecordProblem } from "../contract/errors.ts";
import type { Fields } from "../contract/fields.ts";
import type { StoredDecision } from "../records/stored-conflict.ts";
import { unreadStep, valueFor } from "../targets/column-value.ts";
import { matchKeyEmpty } from "../targets/match-key-empty.ts";
import type { ClaimedRow, ClaimedTarget } from "./claim.ts";
import { problemOf } from "./problem-of.ts";

type Cells = Record<string, unknown>;

/** A row ready to be pushed. */
export type PlannedRow = {
	recordId: string;
	epoch: string;
	version: number;
	attempts: number;
	/** What is sent: the older records' cells with this one's over them. */
	cells: Cells;
	/** This record's cells alone, for when the older ones turn out to be what the provider refuses. */
	ownCells: Cells;
	/** The older records of the same row, settled when this one is delivered. */
	older: OlderRow[];
	capturedAt: string;
	base: Record<string, string>;
	decision: StoredDecision | null;
	/** Whether the row there is still to be looked at before it is written, for undo. */
	fresh: boolean;
	/** Set once the row there was looked up: what of `cells` is to be written and to which row; null when there is none yet. */
	merged?: { remoteId: string | null; changes: Cells; base: Record<string, string> };
};

/** `problem` null: folded under the newer one and delivered with it. Else it needs the person, for this reason. */
export type OlderRow = { recordId: string; version: number; problem: RecordProblem | null };

/** A row that cannot be sent as it is. */
export type RowRefusal = {
	recordId: string;
	epoch: string;
	version: number;
	attempts: number;
	code: ErrorCode;
	problem: RecordProblem;
};

export type Plan = { rows: PlannedRow[]; refused: RowRefusal[] };

/**
 * Claimed rows as the provider wants them; pure.
 *
 * Records that an older capture of the same row was overtaken by are folded: what only the older one had is kept, what
 * both have is the newer one's. So nothing that was captured is lost, and the provider sees one row. An older record with a
 * value that does not fit its column is not folded, because it must not fail the newer one: it needs the person.
 */
export function planRows(rows: readonly ClaimedRow[], target: ClaimedTarget, coerce: Connector["coerce"]): Plan {
	const plan: Plan = { rows: [], refused: [] };
	for (const row of rows) {
		const { recordId, epoch, version, attempts } = row;
		const own = row.matchKey === null ? emptyKey : cellsOf(row.fields, target, coerce);
		if (!own.ok) {
			plan.refused.push({ recordId, epoch, version, attempts, ...own.refusal });
			continue;
		}
		const olderRows: OlderRow[] = [];
		let below: Cells = {};
		for (const older of row.older) {
			const cells = cellsOf(older.fields, target, coerce);
			if (cells.ok) below = { ...below, ...cells.cells };
			olderRows.push({
				recordId: older.recordId,
				version: older.version,
				problem: cells.ok ? null : cells.refusal.problem,
			});
		}
		plan.rows.push({
			recordId,
			epoch,
			version,
			attempts,
			cells: { ...below, ...own.cells },
			ownCells: own.cells,
			older: olderRows,
			capturedAt: row.capturedAt.toISOString(),
			base: row.base ?? {},
			decision: row.decision,
			fresh: row.fresh,
		});
	}
	return plan;
}

type CellsResult = { ok: true; cells: Cells } | { ok: false; refusal: Pick<RowRefusal, "code" | "problem"> };

/** A version that lost its match key while an earlier one was in flight. */
const emptyKey: CellsResult = { ok: false, refusal: { code: matchKeyEmpty.code, problem: matchKeyEmpty } };

function unfit(told: Omit<Told, "reason">): CellsResult {
	const code = "delivery/value-refused";
	return { ok: false, refusal: { code, problem: problemOf({ ...told, reason: code }, "edit") } };
}

function cellsOf(fields: Fields, target: ClaimedTarget, coerce: Connector["coerce"]): CellsResult {
	const cells: Cells = {};
	for (const column of target.columns) {
		const read = valueFor(column.id, fields, target);
		if (!read.ok) return unfit(unreadStep(column.name, read));
		if (read.value === null) continue;
		const result = coerce(read.value, column);
		if (!result.ok) return unfit(result);
		cells[column.id] = result.cell;
	}
	return { ok: true, cells };
}
