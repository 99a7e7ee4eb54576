import { pictureHash } from "../blobs/picture-address.ts";
import type { Connector, Told } from "../connectors/connector.ts";
import type { BlobHash } from "../contract/blobs.ts";
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
	/** Pictures that Sheaf took, by the column they go into once the row is there: no cell holds them. */
	pictures: Record<string, BlobHash>;
	/** The names of the columns that would have had a picture and hold no files. */
	leftOut: readonly string[];
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

/** Of a connector, what decides about a cell. */
type Fitting = Pick<Connector, "coerce" | "upload">;

export type Plan = { rows: PlannedRow[]; refused: RowRefusal[] };

/**
 * Claimed rows as the provider wants them; pure.
 *
 * Records that an older capture of the same row was overtaken by are folded: what only the older one had is kept, what
 * both have is the newer one's. So nothing that was captured is lost, and the provider sees one row. An older record with a
 * value that does not fit its column is not folded, because it must not fail the newer one: it needs the person.
 */
export function planRows(rows: readonly ClaimedRow[], target: ClaimedTarget, connector: Fitting): Plan {
	const plan: Plan = { rows: [], refused: [] };
	for (const row of rows) {
		const { recordId, epoch, version, attempts } = row;
		const own = row.matchKey === null ? emptyKey : cellsOf(row.fields, target, connector);
		if (!own.ok) {
			plan.refused.push({ recordId, epoch, version, attempts, ...own.refusal });
			continue;
		}
		const olderRows: OlderRow[] = [];
		let below: Cells = {};
		let picturesBelow: Pictures = {};
		let leftOutBelow: LeftOut = {};
		for (const older of row.older) {
			const cells = cellsOf(older.fields, target, connector);
			if (cells.ok) {
				below = { ...without(below, cells.pictures), ...cells.cells };
				picturesBelow = { ...without(picturesBelow, cells.cells), ...cells.pictures };
				leftOutBelow = { ...without(leftOutBelow, cells.cells), ...cells.leftOut };
			}
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
			cells: { ...without(below, own.pictures), ...own.cells },
			ownCells: own.cells,
			pictures: { ...without(picturesBelow, own.cells), ...own.pictures },
			leftOut: Object.values({ ...without(leftOutBelow, own.cells), ...own.leftOut }),
			older: olderRows,
			capturedAt: row.capturedAt.toISOString(),
			base: row.base ?? {},
			decision: row.decision,
			fresh: row.fresh,
		});
	}
	return plan;
}

/** By column. */
type Pictures = Record<string, BlobHash>;
type LeftOut = Record<string, string>;

/** What has another value of its own by now goes. */
function without<Value>(values: Readonly<Record<string, Value>>, newer: object): Record<string, Value> {
	return Object.fromEntries(Object.entries(values).filter(([columnId]) => !Object.hasOwn(newer, columnId)));
}

type CellsResult =
	| { ok: true; cells: Cells; pictures: Pictures; leftOut: LeftOut }
	| { ok: false; refusal: Pick<RowRefusal, "code" | "problem"> };

/** A version that lost its match key while an earlier one was in flight. */
const emptyKey: CellsResult = { ok: false, refusal: { code: matchKeyEmpty.code, problem: matchKeyEmpty } };

function unfit(told: Omit<Told, "reason">): CellsResult {
	const code = "delivery/value-refused";
	return { ok: false, refusal: { code, problem: problemOf({ ...told, reason: code }, "edit") } };
}

function cellsOf(fields: Fields, target: ClaimedTarget, { coerce, upload }: Fitting): CellsResult {
	const cells: Cells = {};
	const pictures: Pictures = {};
	const leftOut: LeftOut = {};
	for (const column of target.columns) {
		const read = valueFor(column.id, fields, target);
		if (!read.ok) return unfit(unreadStep(column.name, read));
		if (read.value === null) continue;
		const picture = pictureHash(read.value);
		if (picture !== null) {
			// A column that takes no files stays as it is: an address that only Sheaf knows is of no use there.
			if (column.type === "attachment" && upload !== undefined) pictures[column.id] = picture;
			else leftOut[column.id] = column.name;
			continue;
		}
		const result = coerce(read.value, column);
		if (!result.ok) return unfit(result);
		cells[column.id] = result.cell;
	}
	return { ok: true, cells, pictures, leftOut };
}
