import type { RecordProblem } from "../../backend/contract/errors.ts";
import type { RecordView } from "../../backend/contract/records.ts";
import type { Reading, Writing } from "./database.ts";
import { answered, nextVersion, reported, withoutPlace } from "./record-row.ts";
import { type EntryRow, nothingReported, noWorkspace, type RecordContent, type RecordRow } from "./schema.ts";
import { type OutboxState, shownStates, standings, type Transition, transitions } from "./transitions.ts";
import type { RecordState } from "./types.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** Everything stored about one record: its row, the operation on its way and the one that is not sent yet. */
export type Lane = {
	state: OutboxState;
	row: RecordRow | undefined;
	inFlight: EntryRow | undefined;
	unsent: EntryRow | undefined;
};

type Stored = Omit<Lane, "state">;

/** An event with what it brings along. */
export type Change =
	| { event: "written"; row: RecordRow }
	| { event: "removed" | "forgotten" | "released" | "retried" }
	/** `to`: what the record says once it is taken back; null: it goes. */
	| { event: "undone"; to: RecordContent | null }
	| { event: "accepted" | "removalAccepted" | "undoAccepted" }
	/** `workspaceId`: where the flusher sends it; a record without a workspace belongs there from now on. */
	| { event: "taken"; workspaceId: string }
	| { event: "rejected" | "undoRejected" | "expelled" | "reportedMissing"; problem: RecordProblem }
	/** `unplaced`: it was refused where it was offered and belongs to no workspace again. */
	| { event: "unanswered"; attempts: number; notBefore: number; unplaced?: boolean }
	| { event: Reported; view: RecordView };

type Reported = "reportedStored" | "reportedDelivering" | "reportedDelivered" | "reportedNeedsYou" | "reportedUndoing";

export async function readLane(transaction: Reading, recordId: string): Promise<Lane> {
	const [row, entries] = await Promise.all([
		transaction.objectStore("records").get(recordId),
		transaction.objectStore("entries").index("byRecord").getAll(recordId),
	]);
	const inFlight = entries.find((entry) => entry.state === "sending");
	const unsent = entries.find((entry) => entry.state !== "sending");
	return { row, inFlight, unsent, state: stateOf({ row, inFlight, unsent }) };
}

function stateOf({ row, inFlight, unsent }: Stored): OutboxState {
	if (inFlight) return unsent ? "overtaken" : "sending";
	if (unsent) return unsent.state === "refused" ? "refused" : "waiting";
	if (!row) return "gone";
	switch (row.state) {
		case "stored":
		case "delivering":
		case "delivered":
		case "undoing":
			return row.state;
		case "needs_you":
			return "troubled";
		case "local":
		case "sending":
			return "waiting";
	}
}

/** Carries out one event on one record inside the caller's transaction. @returns the lane as it is afterwards. */
export async function advance(transaction: Writing, lane: Lane, change: Change): Promise<Lane> {
	const step = transitions[lane.state][change.event];
	if (step.does === "nothing") return lane;
	const done = carryOut(lane, change, step);
	const after = settleRow(change.event === "unanswered" && change.unplaced ? backToNowhere(done) : done, step.to);
	await store(transaction, lane, after);
	return { ...after, state: step.to };
}

/** The effects, one by one; pure. */
function carryOut(lane: Lane, change: Change, step: Transition): Stored {
	const { inFlight, unsent } = lane;
	const row = knownRow(lane);
	const problem = "problem" in change ? change.problem : null;
	switch (step.does) {
		case "nothing":
			return lane;
		case "enqueue":
			return enqueued(lane, change);
		case "forget":
			return { row: undefined, inFlight, unsent: undefined };
		case "send": {
			const place = change.event === "taken" ? { workspaceId: change.workspaceId } : {};
			const sent = row && { ...row, ...place, everSent: true };
			return { row: sent, inFlight: withState(unsent, "sending", place), unsent: undefined };
		}
		case "settle":
			return { row: row && !unsent ? answered(row, change) : row, inFlight: undefined, unsent };
		case "refuse":
			return {
				row: row && { ...row, problem },
				inFlight: undefined,
				unsent: withState(inFlight, "refused", { problem }),
			};
		case "putBack": {
			const wait = change.event === "unanswered" ? { attempts: change.attempts, notBefore: change.notBefore } : {};
			return { row, inFlight: undefined, unsent: withState(inFlight, "waiting", wait) };
		}
		case "hurry":
			return { row, inFlight, unsent: withState(unsent, "waiting", { attempts: 0, notBefore: 0, problem: null }) };
		case "report":
			return { row: row && "view" in change ? reported(row, change.view) : row, inFlight, unsent };
		case "keepBack":
			return heldBack(row && nextVersion(row), problem);
		case "unplace":
			return heldBack(row && withoutPlace(row), problem);
		case "loosen":
			return loosened(row);
	}
}

/** A removal is brought back by it: there is no way to take a record out of one workspace by asking another. */
function loosened(known: RecordRow | undefined): Stored {
	const row = known && withoutPlace(known);
	return { row, inFlight: undefined, unsent: row && newEntry(row, "record.put") };
}

/** Only for what was offered to one workspace, which has surely not taken it: the backend knows nothing of it. */
function backToNowhere({ row, unsent }: Stored): Stored {
	const anew = { workspaceId: noWorkspace, everSent: false };
	const tombstone = unsent?.tombstone ? { ...unsent.tombstone, ...anew } : null;
	return {
		row: row && { ...row, ...anew },
		inFlight: undefined,
		unsent: unsent && { ...unsent, workspaceId: noWorkspace, tombstone },
	};
}

/** An operation that goes when the person says so. Nothing is on its way in the states this is done in. */
function heldBack(known: RecordRow | undefined, problem: RecordProblem | null): Stored {
	const row = known && { ...known, problem };
	const unsent = row && { ...newEntry(row, "record.put"), state: "refused" as const, problem };
	return { row, inFlight: undefined, unsent };
}

/** The event brings the new content along, takes the record away, or sends the old content as a new version. */
function enqueued(lane: Lane, change: Change): Stored {
	const { inFlight } = lane;
	const known = knownRow(lane);
	if (change.event === "removed") return { row: known, inFlight, unsent: known && newEntry(known, "record.delete") };
	if (change.event === "undone") {
		const row = known && { ...known, undoTo: change.to, undoProblem: null };
		return { row, inFlight, unsent: row && newEntry(row, "record.undo") };
	}
	const row = change.event === "written" ? { ...change.row, ...nothingReported } : known && nextVersion(known);
	return { row, inFlight, unsent: row && newEntry(row, "record.put") };
}

function withState(
	entry: EntryRow | undefined,
	state: EntryRow["state"],
	more: Partial<EntryRow> = {},
): EntryRow | undefined {
	return entry && { ...entry, ...more, state };
}

/** The record's content also while it is being removed: the removal carries it. */
function knownRow(lane: Lane): RecordRow | undefined {
	return lane.row ?? lane.unsent?.tombstone ?? lane.inFlight?.tombstone ?? undefined;
}

function newEntry(row: RecordRow, kind: EntryRow["kind"]): EntryRow {
	return {
		operationId: uuidV7(),
		recordId: row.id,
		workspaceId: row.workspaceId,
		kind,
		version: row.version,
		state: "waiting",
		attempts: 0,
		notBefore: 0,
		problem: null,
		createdAt: Date.now(),
		tombstone: null,
	};
}

const unsentShown: ReadonlySet<RecordState> = new Set<RecordState>(["local", "sending"]);

/**
 * Brings the row in line with the state, and hides the one that is being removed inside its operation. A refused
 * removal shows its record again, with the reason.
 */
function settleRow(stored: Stored, state: OutboxState): Stored {
	const { row, inFlight, unsent } = stored;
	if (!row || state === "gone") return { row: undefined, inFlight, unsent };
	const undoing = state !== "refused" && (unsent ?? inFlight)?.kind === "record.undo";
	const shown = undoing ? "undoing" : shownStates[state];
	const standing = row.supersededBy === null ? standings[shown] : "settled";
	// Something unsent has no problem yet; at the backend a record can wait with one: its target's.
	const problem = undoing || unsentShown.has(shown) ? null : row.problem;
	const settled: RecordRow = { ...row, state: shown, standing, problem };
	if (state === "refused") return { row: settled, inFlight, unsent };
	if (unsent?.kind === "record.delete") return { row: undefined, inFlight, unsent: { ...unsent, tombstone: settled } };
	if (!unsent && inFlight?.kind === "record.delete") {
		return { row: undefined, inFlight: { ...inFlight, tombstone: settled }, unsent };
	}
	return { row: settled, inFlight, unsent };
}

async function store(transaction: Writing, before: Lane, after: Stored): Promise<void> {
	const records = transaction.objectStore("records");
	const entries = transaction.objectStore("entries");
	const kept = [after.inFlight, after.unsent].filter((entry) => entry !== undefined);
	const gone = [before.inFlight, before.unsent].filter(
		(entry) => entry && !kept.some(({ operationId }) => operationId === entry.operationId),
	);
	await Promise.all([
		...gone.map((entry) => entry && entries.delete(entry.operationId)),
		...kept.map((entry) => entries.put(entry)),
		after.row && records.put(after.row),
		before.row && !after.row && records.delete(before.row.id),
	]);
}
