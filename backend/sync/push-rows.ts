import type { ConnectorCall, ConnectorFailure, PushResult, PushRow, PushTarget } from "../connectors/connector.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { blockScope } from "./budget.ts";
import type { ClaimedTarget } from "./claim.ts";
import { type LaneRun, renewCredential } from "./lane-run.ts";
import { doorsOf, type PacedDoors, paceDoors } from "./paced-http.ts";
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
		const { result, held } = await askRenewing<PushResult>(run, target, async (call) => {
			await checkpoint("deliver/before-push");
			return await push(run, { target, rows, call });
		});
		if (result.kind === "pushed") await checkpoint("deliver/after-accept");
		return await heard(run, held, result);
	} finally {
		letGo();
	}
}

type Asked<Result> = { result: Result; held: { forMs: number } | null };

/** Asks the connector, and once more with a renewed credential where the provider refused the one that was used. */
export async function askRenewing<Result extends { kind: string }>(
	run: LaneRun,
	{ id: party }: Pick<ClaimedTarget, "id">,
	ask: (call: ConnectorCall) => Promise<Result | ConnectorFailure>,
): Promise<Asked<Result | ConnectorFailure>> {
	const once = async () => {
		const { call, heldBack } = openCall(run, party);
		const result = await ask(call);
		return { result, held: heldBack() };
	};
	const used = run.connection.credentialJwe;
	const first = await once();
	if (first.result.kind !== "reconnect" || first.held !== null) return first;
	const outcome = await renewCredential(run, used);
	if (outcome === "renewed") return await once();
	return outcome === null ? first : { result: outcome, held: null };
}

/** A call of the run's connector, for one of its targets, whose every request waits for its turn. */
function openCall(
	{ deps, connector, connection, budgetScope, credential, signal }: LaneRun,
	party: string,
): { call: ConnectorCall; heldBack: PacedDoors["heldBack"] } {
	const { limits, kindOf } = connector.manifest;
	const asking = { scope: budgetScope, requestsPerSecond: limits.requestsPerSecond, party, kindOf };
	const ways = doorsOf(connector.manifest, deps);
	const pace = paceDoors(deps.database.asService, asking, ways);
	const keep = { holder: connection.id, turn: () => pace.turn(signal) };
	return { call: { credential, signal, ...pace.doors, keep }, heldBack: pace.heldBack };
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

export function pushTargetOf({ containerId, tableId, matchKey, columns }: ClaimedTarget): PushTarget {
	return { containerId, tableId, matchKey, columns };
}

type Pushing = { target: ClaimedTarget; rows: readonly PlannedRow[]; call: ConnectorCall };

/** A connector that throws has a defect. It is treated as refusing, so that the row that brings it out is found and named. */
async function push({ connector, deps, workspaceId }: LaneRun, { target, rows, call }: Pushing): Promise<PushResult> {
	const { matchKey } = target;
	try {
		return await connector.push(
			call,
			pushTargetOf(target),
			rows.map((row) => pushRow(row, matchKey)),
		);
	} catch (error) {
		deps.log.error({ workspaceId, provider: connector.manifest.id, err: error }, "a connector threw");
		const message = `${connector.manifest.title} could not be given this record. Edit it, then send it again.`;
		return { kind: "split", reason: "delivery/provider-error", message };
	}
}

/** The match key's cells always go along: a row that vanished since it was read is made anew under its key. */
function pushRow({ recordId, version, cells, merged, decision }: PlannedRow, matchKey: readonly string[]): PushRow {
	const keyCells = Object.fromEntries(matchKey.flatMap((id) => (Object.hasOwn(cells, id) ? [[id, cells[id]]] : [])));
	const sent = merged === undefined ? cells : { ...keyCells, ...merged.changes };
	const remoteId = merged?.remoteId ?? decision?.remoteId;
	return { ref: recordId, version, cells: sent, ...(remoteId === undefined ? {} : { remoteId }) };
}

/** Two targets may fill one table, and two match keys may be one once they are coerced: what counts is what is sent. */
function keyOf({ tableId, matchKey }: ClaimedTarget, { cells }: PlannedRow): string {
	return JSON.stringify([tableId, ...matchKey.map((columnId) => cells[columnId] ?? null)]);
}
