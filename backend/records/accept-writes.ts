import type { ConnectorRegistry } from "../connectors/registry.ts";
import { maxBatchOperations, type OperationResult } from "../contract/writes.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { emitRecordEvents } from "../events/emit.ts";
import { laneText } from "../targets/lane.ts";
import { matchKeyOf } from "../targets/match-key.ts";
import { matchKeyEmpty } from "../targets/match-key-empty.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { type Decision, decide } from "./decide.ts";
import { type ParsedPut, type ParseResult, parseOperation } from "./parse-operation.ts";
import { type Group, type ReadState, readMembers, readState, type WriteTarget } from "./read-state.ts";
import { type Doorbell, ringLanes, ringLanesLater } from "./ring-lanes.ts";
import { type Member, standing } from "./supersede.ts";
import { writeUndos } from "./undo-standing.ts";
import { applyStanding, type RecordRow, removeLeftDeliveries, removeRecords, writeBatch } from "./write-batch.ts";

export type WriteDeps = Doorbell & {
	database: { asTenant: AsTenant };
	connectors: Pick<ConnectorRegistry, "get">;
	/** What is to be committed with the batch, or not at all; not called where no operation is right by itself. */
	alongside?: (sql: Transaction, results: readonly OperationResult[]) => Promise<void>;
};

/** How long what cannot be taken back from its destination waits here, so that Undo is in time. */
export const holdSeconds = 10;

/**
 * Takes a batch of operations in (OUT-3): one transaction, one result per operation in the order sent, and whatever is
 * answered `stored` is committed (promise I7). What each operation becomes is the table of the room's README.
 *
 * Ids of a workspace or an owner in the input are not read: both come from the principal (TEN-2).
 *
 * @param operations unchecked; a malformed one is rejected by itself
 * @throws SheafError `writes/too-many-operations`
 */
export async function acceptWrites(
	deps: WriteDeps,
	principal: Principal,
	operations: readonly unknown[],
): Promise<OperationResult[]> {
	if (operations.length > maxBatchOperations) {
		throw new SheafError("writes/too-many-operations", `Send at most ${maxBatchOperations} operations at once.`, {
			details: { maxOperations: maxBatchOperations },
		});
	}
	const parsed = operations.map(parseOperation);
	const rightOnes = parsed.flatMap((result) => (result.ok ? [result.operation] : []));
	if (rightOnes.length === 0)
		return decide(parsed, {
			operations: new Map(),
			records: new Map(),
			removals: new Map(),
			targetIds: new Set(),
			undoable: new Map(),
		}).results;
	await checkpoint("writes/before-transaction");
	const written = await deps.database.asTenant(principal, async (sql) => {
		const state = await readState(sql, rightOnes, (provider) => deps.connectors.get(provider)?.remove !== undefined);
		const done = await write(sql, { parsed, state, connectors: deps.connectors, sessionId: principal.sessionId });
		await deps.alongside?.(sql, done.results);
		return done;
	});
	await checkpoint("writes/after-commit");
	ringLanes(deps, principal.workspaceId, written.lanes);
	ringLanesLater(deps, { workspaceId: principal.workspaceId, lanes: written.heldLanes, afterMs: holdSeconds * 1_000 });
	return written.results;
}

type Written = {
	results: OperationResult[];
	/** With something due now, and with something due when its hold is over. */
	lanes: ReadonlySet<string>;
	heldLanes: ReadonlySet<string>;
};

type Writing = {
	parsed: readonly ParseResult[];
	state: ReadState;
	connectors: WriteDeps["connectors"];
	sessionId: string | null;
};

async function write(sql: Transaction, { parsed, state, connectors, sessionId }: Writing): Promise<Written> {
	const decision = decide(parsed, { ...state, targetIds: new Set(state.targets.keys()) });
	if (decision.accepted.length === 0) return { results: decision.results, lanes: new Set(), heldLanes: new Set() };
	const keys = new Map([...decision.puts.values()].map((put) => [put.recordId, matchKeyFor(put, state)]));
	const members = membersOf(decision, keys);
	const touched = new Set([...decision.puts.keys(), ...decision.deletes]);
	const stored = await readMembers(sql, [...members, ...leftGroups(touched, state)], touched);
	const stand = standing(members, stored);
	const records = [...decision.puts.values()].map((put): RecordRow => {
		const matchKey = keys.get(put.recordId) ?? null;
		const supersededBy = stand.supersededBy.get(put.recordId) ?? null;
		const target = put.targetId === null ? undefined : state.targets.get(put.targetId);
		const held = target !== undefined && isHeld(target, connectors);
		return { put, matchKey, supersededBy, delivery: deliveryOf({ target, matchKey, supersededBy, held }) };
	});
	await removeRecords(sql, decision.deletes);
	await writeBatch(sql, { accepted: decision.accepted, records }, sessionId);
	await removeLeftDeliveries(sql, movedRecords(decision, state));
	await applyStanding(sql, stand);
	await writeUndos(sql, decision.undos);
	await tellWhoNeedsSomebody(sql, records);
	await checkpoint("writes/in-transaction");
	return { results: decision.results, ...lanesOf(decision, state, connectors) };
}

/** Those that need somebody before anything was tried. Most batches have none. */
async function tellWhoNeedsSomebody(sql: Transaction, records: readonly RecordRow[]): Promise<void> {
	const needing = records.filter(({ delivery }) => delivery?.state === "needs_you");
	for (const targetId of new Set(needing.flatMap(({ put }) => put.targetId ?? []))) {
		const recordIds = needing.flatMap(({ put }) => (put.targetId === targetId ? [put.recordId] : []));
		await emitRecordEvents(sql, { targetId, recordIds });
	}
}

function matchKeyFor(put: ParsedPut, { targets }: ReadState): string | null {
	const target = put.targetId === null ? undefined : targets.get(put.targetId);
	return target === undefined ? null : matchKeyOf(put.fields, target);
}

function membersOf({ puts }: Decision, keys: ReadonlyMap<string, string | null>): Member[] {
	return [...puts.values()].flatMap(({ recordId, targetId, capturedAtMs }) => {
		const matchKey = keys.get(recordId);
		return targetId === null || typeof matchKey !== "string"
			? []
			: [{ id: recordId, targetId, matchKey, capturedAtMs }];
	});
}

/** The match keys that records of the batch had before: somebody else may stand for those rows now. */
function leftGroups(touched: ReadonlySet<string>, { records }: ReadState): Group[] {
	return [...touched].flatMap((id) => {
		const before = records.get(id);
		if (before === undefined || before.targetId === null || before.matchKey === null) return [];
		return [{ targetId: before.targetId, matchKey: before.matchKey }];
	});
}

function movedRecords({ puts, deletes }: Decision, { records }: ReadState): string[] {
	return [...puts.values()].flatMap(({ recordId, targetId }) => {
		const before = deletes.has(recordId) ? undefined : records.get(recordId);
		return before !== undefined && before.targetId !== null && before.targetId !== targetId ? [recordId] : [];
	});
}

function deliveryOf(of: {
	target: WriteTarget | undefined;
	matchKey: string | null;
	supersededBy: string | null;
	held: boolean;
}): RecordRow["delivery"] {
	const { target, matchKey, supersededBy, held } = of;
	if (target === undefined) return null;
	const review = target.review ? ("waiting" as const) : null;
	const common = { lane: laneText(target), review, holdSeconds: held ? holdSeconds : 0 };
	if (matchKey === null) return { ...common, state: "needs_you", nextAttemptAt: "infinity", problem: matchKeyEmpty };
	// What another record stands for waits for that one; a target that does not send on capture waits for its run, and one that
	// holds for review for somebody's word.
	const waits = supersededBy !== null || target.frequency !== "on_capture" || target.review;
	return { ...common, state: "pending", nextAttemptAt: waits ? "infinity" : "now", problem: null };
}

/** Only what goes out by itself: of everything else there is time enough to take it back. */
function isHeld({ frequency, provider }: WriteTarget, connectors: WriteDeps["connectors"]): boolean {
	const connector = connectors.get(provider);
	return frequency === "on_capture" && connector !== undefined && connector.remove === undefined;
}

/** A lane that a record has left is not rung: whoever stands for its row now is held back, and the sweep finds it then. */
function lanesOf(
	{ puts, undos }: Decision,
	{ targets, undoable }: ReadState,
	connectors: WriteDeps["connectors"],
): Pick<Written, "lanes" | "heldLanes"> {
	const lanes = new Set([...undos.keys()].flatMap((id) => undoable.get(id)?.lane ?? []));
	const heldLanes = new Set<string>();
	for (const { targetId } of puts.values()) {
		const target = targetId === null ? undefined : targets.get(targetId);
		if (target?.status !== "active" || target.frequency !== "on_capture" || target.review) continue;
		(isHeld(target, connectors) ? heldLanes : lanes).add(laneText(target));
	}
	return { lanes, heldLanes };
}
