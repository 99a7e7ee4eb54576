import type { RecordProblem } from "../../backend/contract/errors.ts";
import { t } from "../i18n/t.ts";
import { longestBackOffMs } from "./back-off.ts";
import { BatchMeter, isTooLarge, maxBatchOperations, type Sendable, toSendable } from "./batch.ts";
import type { OutboxDatabase, Reading, Writing } from "./database.ts";
import { advance, type Change, type Lane, readLane } from "./lane.ts";
import { type EntryRow, noWorkspace } from "./schema.ts";

/** What became of an operation that was on its way. */
export type Settlement =
	| { kind: "accepted" }
	| { kind: "rejected"; problem: RecordProblem }
	/** Whether it took effect is unknown: it goes again under its own id. `delayMs` is given the attempts so far. */
	| ({ kind: "unanswered"; delayMs: (attempts: number) => number } & Refused)
	/** It never left: the attempt does not count and it is due at once. */
	| ({ kind: "unsent" } & Refused);

/** `unplaced`: the workspace it was offered to has refused it, and its record belongs to none again. */
type Refused = { unplaced?: boolean };

const tooLarge: RecordProblem = {
	code: "writes/record-too-large",
	message: t("answers.recordTooLarge"),
	action: "edit",
};

/** What one batch can be of: a request goes to one workspace. */
export type Place = {
	workspaceId: string;
	/** The current workspace is where records go that have none yet. */
	current: boolean;
};

/**
 * Takes what is due for one workspace, oldest first, up to one batch, and marks it as on its way. At most one operation per
 * record. The caller holds the flusher's lock. Too large a record is refused on the spot, so that it stops nobody; an empty
 * batch with something `refused` therefore does not mean that nothing is due.
 */
export async function takeDue(
	database: OutboxDatabase,
	place: Place,
	nowMs: number,
): Promise<{ batch: Sendable[]; refused: number }> {
	const isDue = await database.read((transaction) => dueIn(transaction, place, { untilMs: nowMs, limit: 1 }));
	if (isDue.length === 0) return { batch: [], refused: 0 };
	return await database.write(async (transaction) => {
		const meter = new BatchMeter();
		const batch: Sendable[] = [];
		let refused = 0;
		const taken = { event: "taken", workspaceId: place.workspaceId } as const;
		for (const entry of await dueIn(transaction, place, { untilMs: nowMs, limit: maxBatchOperations })) {
			const lane = await readLane(transaction, entry.recordId);
			const content = lane.row ?? entry.tombstone;
			if (lane.state !== "waiting" || !content) continue;
			const sendable = toSendable(entry, content);
			if (isTooLarge(sendable)) {
				const sending = await advance(transaction, lane, taken);
				await advance(transaction, sending, { event: "rejected", problem: tooLarge });
				refused += 1;
				continue;
			}
			if (!meter.takes(sendable)) break;
			await advance(transaction, lane, taken);
			batch.push(sendable);
		}
		return { batch, refused };
	});
}

async function dueIn(
	transaction: Reading,
	{ workspaceId, current }: Place,
	{ untilMs, limit }: { untilMs: number; limit: number },
): Promise<EntryRow[]> {
	const index = transaction.objectStore("entries").index("byWorkspaceDue");
	const places = current ? [noWorkspace, workspaceId] : [workspaceId];
	const found = await Promise.all(
		places.map((place) => index.getAll(IDBKeyRange.bound([place, "waiting"], [place, "waiting", untilMs]), limit)),
	);
	// Ids of operations are UUIDv7: equally due, the older one goes first.
	return found
		.flat()
		.sort((a, b) => a.notBefore - b.notBefore || (a.operationId < b.operationId ? -1 : 1))
		.slice(0, limit);
}

/** The workspaces that something waits for, `noWorkspace` among them when something has none. */
export function workspacesWithUnsent(database: OutboxDatabase): Promise<string[]> {
	return database.read(async (transaction) => {
		const index = transaction.objectStore("entries").index("byWorkspaceDue");
		const found: string[] = [];
		// Jumps from workspace to workspace: an array sorts after every text.
		for (let cursor = await index.openKeyCursor(); cursor; ) {
			const [workspaceId] = cursor.key;
			found.push(workspaceId);
			cursor = await index.openKeyCursor(IDBKeyRange.lowerBound([workspaceId, []], true));
		}
		return found;
	});
}

const workspaceGone: RecordProblem = {
	code: "client/workspace-gone",
	message: t("answers.recordWorkspaceGone"),
	action: "retry",
};

/**
 * Whatever is unsent for a workspace that is closed to the person needs them: it is shown in every workspace, and trying
 * again sends it to the one that is current. What they removed or took back there is gone: nobody is left to be told.
 * The caller holds the flusher's lock, and nothing of that workspace is on its way.
 */
export async function expel(database: OutboxDatabase, workspaceId: string): Promise<void> {
	await database.write(async (transaction) => {
		const index = transaction.objectStore("entries").index("byWorkspaceDue");
		for (const { recordId, kind } of await index.getAll(IDBKeyRange.bound([workspaceId], [workspaceId, []]))) {
			const lane = await readLane(transaction, recordId);
			const removed = kind !== "record.put";
			await advance(
				transaction,
				lane,
				removed ? { event: "forgotten" } : { event: "expelled", problem: workspaceGone },
			);
		}
	});
}

/** Writes down what became of a batch, in one transaction. Answers to operations no longer on their way change nothing. */
export async function settle(
	database: OutboxDatabase,
	settlements: ReadonlyMap<string, Settlement>,
	nowMs: number,
): Promise<void> {
	if (settlements.size === 0) return;
	await database.write(async (transaction) => {
		for (const [operationId, settlement] of settlements) {
			const lane = await laneOf(transaction, operationId);
			if (lane) await advance(transaction, lane, changeFor(lane, settlement, nowMs));
		}
	});
}

async function laneOf(transaction: Writing, operationId: string): Promise<Lane | null> {
	const entry = await transaction.objectStore("entries").get(operationId);
	if (!entry) return null;
	const lane = await readLane(transaction, entry.recordId);
	return lane.inFlight?.operationId === operationId ? lane : null;
}

const acceptedEvents = {
	"record.put": "accepted",
	"record.delete": "removalAccepted",
	"record.undo": "undoAccepted",
} as const satisfies Record<EntryRow["kind"], Change["event"]>;

function changeFor(lane: Lane, settlement: Settlement, nowMs: number): Change {
	const attempts = lane.inFlight?.attempts ?? 0;
	const unplaced = "unplaced" in settlement && settlement.unplaced;
	switch (settlement.kind) {
		case "accepted":
			return { event: acceptedEvents[lane.inFlight?.kind ?? "record.put"] };
		case "rejected":
			return {
				event: lane.inFlight?.kind === "record.undo" ? "undoRejected" : "rejected",
				problem: settlement.problem,
			};
		case "unsent":
			return { event: "unanswered", attempts, notBefore: 0, unplaced };
		case "unanswered":
			return {
				event: "unanswered",
				attempts: attempts + 1,
				notBefore: nowMs + settlement.delayMs(attempts + 1),
				unplaced,
			};
	}
}

/**
 * Whatever is marked as on its way while nobody sends was left so by a worker that was stopped: it waits again, under
 * the same id, so that the backend can tell it from a new one. The caller holds the flusher's lock.
 */
export async function recoverAbandoned(database: OutboxDatabase): Promise<number> {
	const range = IDBKeyRange.bound(["sending"], ["sending", []]);
	const abandoned = await database.read((tx) => tx.objectStore("entries").index("byDue").getAll(range));
	if (abandoned.length === 0) return 0;
	const unsent: Settlement = { kind: "unsent" };
	await settle(database, new Map(abandoned.map(({ operationId }) => [operationId, unsent])), 0);
	return abandoned.length;
}

/** Nobody waits longer than the longest back-off: after the clock was set back, what was put off before is due now. */
export async function endImpossibleWaits(database: OutboxDatabase, nowMs: number): Promise<void> {
	const range = IDBKeyRange.bound(["waiting", nowMs + longestBackOffMs], ["waiting", []], true);
	const waiting = await database.read((tx) => tx.objectStore("entries").index("byDue").getAll(range));
	await hurry(database, waiting);
}

/** What waits: `dueAt` where it may be sent (epoch milliseconds; the past counts; null: nothing), `held` where it may not. */
export type Waits = { dueAt: number | null; held: boolean };

export async function waitsOf(database: OutboxDatabase, isOpen: (workspaceId: string) => boolean): Promise<Waits> {
	const waits: Waits = { dueAt: null, held: false };
	for (const workspaceId of await workspacesWithUnsent(database)) {
		const range = IDBKeyRange.bound([workspaceId, "waiting"], [workspaceId, "waiting", []]);
		const first = await database.read((tx) => tx.objectStore("entries").index("byWorkspaceDue").get(range));
		if (!first) continue;
		if (isOpen(workspaceId)) waits.dueAt = Math.min(first.notBefore, waits.dueAt ?? first.notBefore);
		else waits.held = true;
	}
	return waits;
}

/** Everything that waits out a back-off is due now: the network is back. */
export async function hurryAll(database: OutboxDatabase): Promise<void> {
	const waiting = await allWaiting(database);
	await hurry(
		database,
		waiting.filter(({ notBefore }) => notBefore > 0),
	);
}

async function hurry(database: OutboxDatabase, entries: readonly EntryRow[]): Promise<void> {
	if (entries.length === 0) return;
	await database.write(async (transaction) => {
		for (const { recordId } of entries) {
			const lane = await readLane(transaction, recordId);
			if (lane.state === "waiting") await advance(transaction, lane, { event: "retried" });
		}
	});
}

function allWaiting(database: OutboxDatabase): Promise<EntryRow[]> {
	const range = IDBKeyRange.bound(["waiting"], ["waiting", []]);
	return database.read((transaction) => transaction.objectStore("entries").index("byDue").getAll(range));
}
