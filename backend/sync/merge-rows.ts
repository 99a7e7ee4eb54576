import type { ConnectorFailure, RemoteRow } from "../connectors/connector.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { ConflictPolicy } from "../contract/targets.ts";
import { cellFingerprints } from "../records/cell-fingerprint.ts";
import type { StoredConflict } from "../records/stored-conflict.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import type { ClaimedTarget } from "./claim.ts";
import { storeBefore } from "./keep-before.ts";
import type { LaneRun } from "./lane-run.ts";
import { mergeCells } from "./merge-cells.ts";
import type { PlannedRow } from "./plan-rows.ts";
import type { NotSent } from "./push-rows.ts";
import { readRows } from "./read-rows.ts";
import type { Settlement } from "./settlement.ts";
import { ended } from "./settlements.ts";

export type MergedRows =
	| { kind: "merged"; toPush: PlannedRow[]; settled: Settlement[] }
	| { kind: "failed"; result: ConnectorFailure | NotSent };

/** Whether what is there counts: a target that overwrites everything is pushed without a look. */
export function looksFirst(target: ClaimedTarget): boolean {
	return target.columns.some(({ id }) => policyOf(target, id) !== "overwrite");
}

function policyOf({ conflictPolicy, fieldPolicies }: ClaimedTarget, columnId: string): ConflictPolicy {
	return fieldPolicies[columnId] ?? conflictPolicy;
}

/** Rows against what is there (SYNC-5): those that change something, and those that are settled without a push. */
export async function mergeRows(run: LaneRun, target: ClaimedTarget, rows: readonly PlannedRow[]): Promise<MergedRows> {
	const found = await readRows(run, target, rows);
	if (found.kind !== "ok") return { kind: "failed", result: found };
	await checkpoint("deliver/after-read");
	await storeBefore(run, target, { rows, found: found.value });
	const merged: MergedRows & { kind: "merged" } = { kind: "merged", toPush: [], settled: [] };
	for (const row of rows) {
		const [there, ...more] = found.value.get(row.recordId) ?? [];
		if (there === undefined) {
			merged.toPush.push({ ...row, merged: { remoteId: null, changes: row.cells, base: cellFingerprints(row.cells) } });
		} else if (more.length > 0) {
			merged.settled.push(ambiguous(run, target, { row, remote: [there, ...more] }));
		} else {
			mergeOne(run, target, { row, there, merged });
		}
	}
	return merged;
}

type One = { row: PlannedRow; there: RemoteRow; merged: MergedRows & { kind: "merged" } };

function mergeOne(run: LaneRun, target: ClaimedTarget, { row, there, merged }: One): void {
	const { remoteId, cells: theirs, changedAt } = there;
	const { cells: ours, capturedAt, base, decision } = row;
	const pictures = picturesFor(target, row, theirs);
	const policies = (columnId: string) => policyOf(target, columnId);
	const result = mergeCells({ ours, theirs, changedAt, capturedAt, base, decision, policyOf: policies });
	if (result.asks) {
		const problem: RecordProblem = {
			code: "delivery/conflict",
			message: `${run.connector.manifest.title} has other values for this record. Choose which ones stay.`,
			action: "choose",
		};
		merged.settled.push(asking(row, problem, { kind: "differs", remoteId, changedAt, columns: result.columns }));
	} else if (Object.keys({ ...result.changes, ...pictures }).length === 0) {
		const remoteUrl = run.connector.remoteUrl(target, remoteId);
		merged.settled.push({ ...ended(row, "delivered"), remoteId, remoteUrl, base: result.base });
	} else {
		merged.toPush.push({ ...row, pictures, merged: { remoteId, changes: result.changes, base: result.base } });
	}
}

/** Files cannot be compared: where a policy looks at what is there, a picture goes into a cell that has none. */
function picturesFor(target: ClaimedTarget, { pictures }: PlannedRow, theirs: RemoteRow["cells"]) {
	const isFree = (columnId: string) => policyOf(target, columnId) === "overwrite" || !Object.hasOwn(theirs, columnId);
	return Object.fromEntries(Object.entries(pictures).filter(([columnId]) => isFree(columnId)));
}

/** Several rows have the record's match key: the person is shown them, and none is guessed. */
export function ambiguous(
	{ connector }: LaneRun,
	target: ClaimedTarget,
	{ row, remote }: { row: PlannedRow; remote: readonly RemoteRow[] },
): Settlement {
	const message =
		`${connector.manifest.title} has ${remote.length} rows with this match key. Choose which one this record is, ` +
		"or remove the others there.";
	const candidates = remote.map(({ remoteId, cells }) => ({
		remoteId,
		cells,
		url: connector.remoteUrl(target, remoteId),
	}));
	return asking(
		row,
		{ code: "delivery/match-ambiguous", message, action: "choose" },
		{ kind: "ambiguous", candidates },
	);
}

function asking(row: PlannedRow, problem: RecordProblem, conflict: StoredConflict): Settlement {
	const reason = conflict.kind === "differs" ? "delivery/conflict" : "delivery/match-ambiguous";
	return { ...ended(row, "refused", { reason, problem }), conflict };
}
