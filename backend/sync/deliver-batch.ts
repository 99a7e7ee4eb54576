import type { PushResult, RemoteRow } from "../connectors/connector.ts";
import type { Claim, ClaimedTarget } from "./claim.ts";
import { keepBefore } from "./keep-before.ts";
import type { LaneRun } from "./lane-run.ts";
import { ambiguous, looksFirst, mergeRows } from "./merge-rows.ts";
import { attachPictures, holdForPictures } from "./pictures.ts";
import { type PlannedRow, planRows } from "./plan-rows.ts";
import { problemOf } from "./problem-of.ts";
import { pushRows } from "./push-rows.ts";
import { readRows } from "./read-rows.ts";
import { halve, settleRows as settleClaimed } from "./settle-rows.ts";
import type { Settlement } from "./settlement.ts";
import { ended, isTargetFault, type Judged, settlementsOf, unfitRow } from "./settlements.ts";
import { takeBack } from "./take-back.ts";

/** Takes a claim all the way: coerces, merges, pushes, halves what is refused, and settles each part once its result is known. */
export async function deliverBatch(run: LaneRun, claimed: Claim): Promise<void> {
	if (claimed.intent !== "put") {
		await takeBack(run, claimed);
		return;
	}
	const { target, rows } = claimed;
	const plan = planRows(rows, target, run.connector);
	await settleRows(run, target, plan.refused.map(unfitRow));
	const { ready, settled } = await holdForPictures(run, target, plan.rows);
	await settleRows(run, target, settled);
	if (ready.length > 0) await deliverRows(run, target, ready);
}

/** Looks at what is there first, where the target's policies depend on it (SYNC-5), or somebody may want it back. */
async function deliverRows(run: LaneRun, target: ClaimedTarget, rows: readonly PlannedRow[]): Promise<void> {
	if (!looksFirst(target)) {
		const failure = await keepBefore(run, target, rows);
		if (failure === null) await sendRows(run, target, rows);
		else await settleRows(run, target, settlementsOf(run, target, { rows, result: failure }));
		return;
	}
	const merged = await mergeRows(run, target, rows);
	if (merged.kind === "failed") {
		// A refusal of all may be about one of them, as with a push.
		const { result } = merged;
		if (result.kind === "refused" && !isTargetFault(result.reason) && rows.length > 1)
			await halve(rows, (half) => deliverRows(run, target, half));
		else await settleRows(run, target, settlementsOf(run, target, { rows, result }));
		return;
	}
	await settleRows(run, target, merged.settled);
	if (merged.toPush.length > 0) await sendRows(run, target, merged.toPush);
}

/**
 * Pushes rows with one request. A request refused because of a row is halved until that row is found (promise I5): with one
 * row left it is that one which needs the person, or the older records folded under it if it goes through without them.
 */
async function sendRows(run: LaneRun, target: ClaimedTarget, rows: readonly PlannedRow[]): Promise<void> {
	const result = await pushRows(run, target, rows);
	if (result.kind === "split") {
		const [row, ...more] = rows;
		if (more.length > 0) await halve(rows, (half) => sendRows(run, target, half));
		else if (row !== undefined) await refuse(run, target, { row, result });
		return;
	}
	const partly = result.kind === "pushed" ? madeAnew(rows, result.rows) : [];
	const whole = rows.filter((row) => !partly.some(({ recordId }) => recordId === row.recordId));
	const pictured = result.kind === "pushed" ? whole.filter(({ pictures }) => Object.keys(pictures).length > 0) : [];
	const plain = whole.filter((row) => !pictured.includes(row));
	await settleRows(run, target, settlementsOf(run, target, { rows: plain, result }));
	for (const row of pictured) await settlePictured(run, target, { row, result });
	if (partly.length > 0) await sendRows(run, target, partly);
}

/** A row that is there gets its pictures, and has arrived when it has them all. Where it is, is noted in any case. */
async function settlePictured(
	run: LaneRun,
	target: ClaimedTarget,
	{ row, result }: { row: PlannedRow; result: Judged["result"] },
): Promise<void> {
	const [arrived] = settlementsOf(run, target, { rows: [row], result });
	if (arrived?.remoteId === null || arrived === undefined) return;
	const { remoteId, remoteUrl, created } = arrived;
	const failure = await attachPictures(run, target, { row, remoteId });
	if (failure === null) {
		await settleRows(run, target, [arrived]);
		return;
	}
	const ends = settlementsOf(run, target, { rows: [row], result: failure });
	await settleRows(
		run,
		target,
		ends.map((end) => ({ ...end, remoteId, remoteUrl, created })),
	);
}

/** Rows that vanished between the look and the push, so that their changes alone became a new row: the rest of them follows there. */
function madeAnew(rows: readonly PlannedRow[], pushed: Extract<PushResult, { kind: "pushed" }>["rows"]): PlannedRow[] {
	return rows.flatMap((row) => {
		const result = pushed.find(({ ref }) => ref === row.recordId);
		if (result?.created !== true || typeof row.merged?.remoteId !== "string") return [];
		return [{ ...row, merged: { ...row.merged, remoteId: result.remoteId, changes: row.cells } }];
	});
}

type Refused = { row: PlannedRow; result: Extract<PushResult, { kind: "split" }> };

async function refuse(run: LaneRun, target: ClaimedTarget, { row, result }: Refused): Promise<void> {
	const problem = problemOf(result, "edit");
	const several = result.reason === "delivery/match-ambiguous" ? await matches(run, target, row) : [];
	if (several.length > 1) {
		await settleRows(run, target, [ambiguous(run, target, { row, remote: several })]);
		return;
	}
	if (row.older.some((older) => older.problem === null)) {
		const older = row.older.map((each) => ({ ...each, problem: each.problem ?? problem }));
		const { merged: _, ...unmerged } = row;
		await deliverRows(run, target, [{ ...unmerged, cells: row.ownCells, older, fresh: false }]);
		return;
	}
	await settleRows(run, target, [ended(row, "refused", { reason: result.reason, problem })]);
}

/** The rows that a push could not tell apart, where the provider lets them be read. */
async function matches(run: LaneRun, target: ClaimedTarget, row: PlannedRow): Promise<readonly RemoteRow[]> {
	if (run.connector.read === undefined) return [];
	const found = await readRows(run, target, [row]);
	return found.kind === "ok" ? (found.value.get(row.recordId) ?? []) : [];
}

async function settleRows(run: LaneRun, target: ClaimedTarget, settlements: readonly Settlement[]): Promise<void> {
	await settleClaimed(run, { target, intent: "put" }, settlements);
}
