import type { ConnectorResult, RemoteRow } from "../connectors/connector.ts";
import { cellText } from "../records/cell-fingerprint.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import type { Claim, ClaimedRow } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import { type PlannedRow, planRows } from "./plan-rows.ts";
import { problemOf } from "./problem-of.ts";
import { askRenewing, heard, pushRows, pushTargetOf } from "./push-rows.ts";
import { readRows } from "./read-rows.ts";
import { halve, settleRows } from "./settle-rows.ts";
import { ended, settlementsOf } from "./settlements.ts";

type Place = Pick<Claim, "target" | "intent">;

/** What a row comes to. `nothing`: there is nothing of it there, or another record stands for it by now. */
type Step =
	| { kind: "nothing" | "unknown"; row: ClaimedRow }
	| { kind: "remove"; row: ClaimedRow; remoteId: string }
	| { kind: "restore"; row: ClaimedRow; remoteId: string; cells: Readonly<Record<string, unknown>> };

/**
 * Takes records back where they went (undo, and deletion with the row). Settled like any delivery, each part once its result is known,
 * so that a run that is cut off is done again: a row that is gone counts as removed, and cells that are as they were as restored.
 */
export async function takeBack(run: LaneRun, { target, intent, rows }: Claim): Promise<void> {
	const place = { target, intent };
	const planned = planRows(rows, target, run.connector).rows;
	const found = await lookUp(run, place, { rows, planned });
	if (found.kind !== "ok") {
		await settleRows(run, place, settlementsOf(run, target, { rows: withoutOlder(rows), result: found }));
		return;
	}
	const steps = rows.map((row) => stepOf(row, intent, found.value.get(row.recordId) ?? []));
	const done = steps.filter(({ kind }) => kind === "nothing");
	await settleRows(
		run,
		place,
		withoutOlder(done.map(({ row }) => row)).map((row) => ended(row, "delivered")),
	);
	const unknown = steps.filter(({ kind }) => kind === "unknown");
	await settleRows(run, place, withoutOlder(unknown.map(({ row }) => row)).map(impossible));
	const toRemove = steps.flatMap((step) => (step.kind === "remove" ? [step] : []));
	if (toRemove.length > 0) await removeRows(run, place, toRemove);
	const toRestore = steps.flatMap((step) => (step.kind === "restore" ? [step] : []));
	if (toRestore.length > 0) await restoreRows(run, place, { steps: toRestore, planned });
}

/** Rows that may be there although nobody heard that they arrived, by their match key. */
async function lookUp(
	run: LaneRun,
	{ target, intent }: Place,
	{ rows, planned }: { rows: readonly ClaimedRow[]; planned: readonly PlannedRow[] },
) {
	const wanted = new Set(rows.filter((row) => isUnheardOf(row, intent)).map(({ recordId }) => recordId));
	const toFind = planned.filter(({ recordId }) => wanted.has(recordId));
	if (toFind.length === 0) return { kind: "ok" as const, value: new Map<string, readonly RemoteRow[]>() };
	return await readRows(run, target, toFind);
}

function isUnheardOf(row: ClaimedRow, intent: Claim["intent"]): boolean {
	const before = beforeOf(row);
	if (row.superseded || row.remoteId !== null || (before?.remoteId ?? null) !== null) return false;
	return intent === "restore" || before?.cells === null;
}

/** Only what was there before this version says what this version changed. */
function beforeOf({ before, version }: ClaimedRow): ClaimedRow["before"] {
	return before?.version === version ? before : null;
}

/** A row whose origin nobody knows is neither removed nor written to. */
function stepOf(row: ClaimedRow, intent: Claim["intent"], found: readonly RemoteRow[]): Step {
	if (row.superseded) return { kind: "nothing", row };
	if (found.length > 1) return { kind: "unknown", row };
	const before = beforeOf(row);
	const remoteId = row.remoteId ?? before?.remoteId ?? found[0]?.remoteId ?? null;
	if (remoteId === null) return { kind: "nothing", row };
	if (intent === "remove" || before?.cells === null) return { kind: "remove", row, remoteId };
	return before === null ? { kind: "unknown", row } : { kind: "restore", row, remoteId, cells: before.cells };
}

type Removal = Extract<Step, { kind: "remove" }>;

async function removeRows(run: LaneRun, place: Place, steps: readonly Removal[]): Promise<void> {
	const { title } = run.connector.manifest;
	const { result: answer, held } = await askRenewing<ConnectorResult<unknown>>(run, place.target, async (call) => {
		await checkpoint("deliver/before-push");
		try {
			if (run.connector.remove === undefined) throw new Error(`${title} takes nothing back.`);
			const ids = steps.map(({ remoteId }) => remoteId);
			return await run.connector.remove(call, pushTargetOf(place.target), ids);
		} catch (error) {
			run.deps.log.error({ workspaceId: run.workspaceId, err: error }, "a connector threw");
			const message = `${title} could not be asked to take this record's row back. Delete the row there.`;
			return { kind: "refused", reason: "delivery/provider-error", message };
		}
	});
	if (answer.kind === "ok") await checkpoint("deliver/after-accept");
	const result = await heard(run, held, answer);
	const rows = withoutOlder(steps.map(({ row }) => row));
	if (result.kind === "ok") {
		await settleRows(
			run,
			place,
			rows.map((row) => ended(row, "delivered")),
		);
	} else if (result.kind === "refused" && steps.length > 1) {
		await halve(steps, (half) => removeRows(run, place, half));
	} else {
		await settleRows(run, place, settlementsOf(run, place.target, { rows, result }));
	}
}

type Restoring = { steps: readonly Extract<Step, { kind: "restore" }>[]; planned: readonly PlannedRow[] };

/** Gives rows back the cells that they had, in the columns that the record had filled. A row that is gone stays gone. */
async function restoreRows(run: LaneRun, place: Place, { steps, planned }: Restoring): Promise<void> {
	const { target } = place;
	const rows = steps.map(({ row, remoteId, cells }) => {
		const own = planned.find(({ recordId }) => recordId === row.recordId)?.cells ?? {};
		return restoredRow(row, remoteId, cellsAsBefore(run, place, { own, cells }));
	});
	const there = await readRows(run, target, rows);
	if (there.kind !== "ok") {
		await settleRows(run, place, settlementsOf(run, target, { rows, result: there }));
		return;
	}
	await checkpoint("deliver/after-read");
	const changed = rows.filter((row) => {
		const [now] = there.value.get(row.recordId) ?? [];
		return (
			now !== undefined && Object.entries(row.cells).some(([id, cell]) => cellText(cell) !== cellText(now.cells[id]))
		);
	});
	const asBefore = rows.filter((row) => !changed.includes(row));
	await settleRows(
		run,
		place,
		asBefore.map((row) => ended(row, "delivered")),
	);
	if (changed.length > 0) await pushBack(run, place, changed);
}

async function pushBack(run: LaneRun, place: Place, rows: readonly PlannedRow[]): Promise<void> {
	const result = await pushRows(run, place.target, rows);
	if (result.kind !== "split") {
		await settleRows(run, place, settlementsOf(run, place.target, { rows, result }));
	} else if (rows.length > 1) {
		await halve(rows, (half) => pushBack(run, place, half));
	} else {
		const problem = problemOf(result, "retry");
		await settleRows(
			run,
			place,
			rows.map((row) => ended(row, "refused", { reason: result.reason, problem })),
		);
	}
}

type AsBefore = { own: Readonly<Record<string, unknown>>; cells: Readonly<Record<string, unknown>> };

/** What was empty is emptied, in the connector's own way where its column has one. */
function cellsAsBefore({ connector }: LaneRun, { target }: Place, { own, cells }: AsBefore): Record<string, unknown> {
	const columns = target.columns.filter(({ id }) => Object.hasOwn(own, id));
	return Object.fromEntries(
		columns.map((column) => {
			if (Object.hasOwn(cells, column.id)) return [column.id, cells[column.id]];
			const emptied = connector.coerce({ type: "text", value: "" }, column);
			return [column.id, emptied.ok ? emptied.cell : null];
		}),
	);
}

/** As a row to be pushed: it is found and written by its id at the provider, and by nothing else. */
function restoredRow(row: ClaimedRow, remoteId: string, restored: Record<string, unknown>): PlannedRow {
	const { recordId, epoch, version, attempts } = row;
	return {
		recordId,
		epoch,
		version,
		attempts,
		cells: restored,
		ownCells: restored,
		pictures: {},
		leftOut: [],
		older: [],
		capturedAt: row.capturedAt.toISOString(),
		base: {},
		decision: { columns: {}, about: {}, remoteId },
		fresh: false,
	};
}

function withoutOlder(rows: readonly ClaimedRow[]) {
	return rows.map(({ recordId, epoch, version, attempts }) => ({ recordId, epoch, version, attempts, older: [] }));
}

const reason = "records/not-undoable";

function impossible(row: ReturnType<typeof withoutOlder>[number]) {
	const message =
		"This could not be undone: the row was there before, and what it said was not kept. It stays as it is; change it there.";
	return ended(row, "refused", { reason, problem: { code: reason, message, action: "edit" } });
}
