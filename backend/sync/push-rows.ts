import type { ConnectorCall, PushResult, PushTarget } from "../connectors/connector.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { blockScope } from "./budget.ts";
import type { ClaimedTarget } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import { type PacedDoors, paceDoors } from "./paced-http.ts";
import type { PlannedRow } from "./plan-rows.ts";

/** What is answered when not every request left, because the provider is blocked or this process is stopping. */
export type NotSent = { kind: "not_sent"; afterMs: number };

/** One push of the connector, with no other of the same keys on its way, at the provider's pace. */
export async function pushRows(
	run: LaneRun,
	target: ClaimedTarget,
	rows: readonly PlannedRow[],
): Promise<PushResult | NotSent> {
	const letGo = await run.gate.enter(rows.map((row) => keyOf(target, row)));
	try {
		const paced = openCall(run);
		await checkpoint("deliver/before-push");
		const result = await push(run, { target, rows, call: paced.call });
		if (result.kind === "pushed") await checkpoint("deliver/after-accept");
		return await heard(run, paced.heldBack(), result);
	} finally {
		letGo();
	}
}

/** A call of the run's connector whose every request waits for its turn. */
export function openCall({ deps, connector, budgetScope, credential, signal }: LaneRun): {
	call: ConnectorCall;
	heldBack: PacedDoors["heldBack"];
} {
	const { requestsPerSecond } = connector.manifest.limits;
	const { doors, heldBack } = paceDoors(deps.database.asService, { scope: budgetScope, requestsPerSecond }, deps);
	return { call: { credential, signal, ...doors }, heldBack };
}

type Heard =
	| { kind: "later"; afterMs: number; countsAgainstBudget: boolean }
	| { kind: "reconnect" | "mend_target" | "split" | "refused" | "pushed" | "ok" };

/** What a call's result means for the run: whether it goes on, and whether everybody in the scope has to wait. */
export async function heard<Result extends Heard>(
	run: LaneRun,
	held: { forMs: number } | null,
	result: Result,
): Promise<Result | NotSent> {
	if (held !== null && result.kind !== "pushed" && result.kind !== "ok") {
		run.halted = true;
		return { kind: "not_sent", afterMs: held.forMs };
	}
	if (result.kind === "later") {
		run.halted = true;
		// Cut short because this process stops: whether it arrived is unknown, and nobody is to blame.
		if (run.signal.aborted) return { kind: "not_sent", afterMs: 0 };
		if (result.countsAgainstBudget) await blockScope(run.deps.database.asService, run.budgetScope, result.afterMs);
	}
	if (result.kind === "reconnect" || result.kind === "mend_target") run.halted = true;
	return result;
}

type Pushing = { target: ClaimedTarget; rows: readonly PlannedRow[]; call: ConnectorCall };

/** A connector that throws has a defect. It is treated as refusing, so that the row that brings it out is found and named. */
async function push({ connector, deps, workspaceId }: LaneRun, { target, rows, call }: Pushing): Promise<PushResult> {
	const { containerId, tableId, matchKey, columns } = target;
	const pushTarget: PushTarget = { containerId, tableId, matchKey, columns };
	try {
		return await connector.push(
			call,
			pushTarget,
			rows.map(({ recordId, version, cells }) => ({ ref: recordId, version, cells })),
		);
	} catch (error) {
		deps.log.error({ workspaceId, provider: connector.manifest.id, err: error }, "a connector threw");
		const message = `${connector.manifest.title} could not be given this record. Edit it, then send it again.`;
		return { kind: "split", reason: "delivery/provider-error", message };
	}
}

/** Two targets may fill one table, and two match keys may be one once they are coerced: what counts is what is sent. */
function keyOf({ tableId, matchKey }: ClaimedTarget, { cells }: PlannedRow): string {
	return JSON.stringify([tableId, ...matchKey.map((columnId) => cells[columnId] ?? null)]);
}
