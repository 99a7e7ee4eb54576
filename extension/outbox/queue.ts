import type { RecordProblem } from "../../backend/contract/errors.ts";
import { longestBackOffMs } from "./back-off.ts";
import { BatchMeter, isTooLarge, maxBatchOperations, type Sendable, toSendable } from "./batch.ts";
import type { EntryRow, OutboxDatabase, Reading, Writing } from "./database.ts";
import { advance, type Change, type Lane, readLane } from "./lane.ts";

/** What became of an operation that was on its way. */
export type Settlement =
	| { kind: "accepted" }
	| { kind: "rejected"; problem: RecordProblem }
	/** Whether it took effect is unknown: it goes again under its own id. `delayMs` is given the attempts so far. */
	| { kind: "unanswered"; delayMs: (attempts: number) => number }
	/** It never left: the attempt does not count and it is due at once. */
	| { kind: "unsent" };

const tooLarge: RecordProblem = {
	code: "writes/record-too-large",
	message: "This record is too large to send (more than 1 MB). Remove some of its text.",
	action: "edit",
};

/**
 * Takes what is due, oldest first, up to one batch, and marks it as on its way. At most one operation per record.
 * The caller holds the flusher's lock. Too large a record is refused on the spot, so that it stops nobody; an empty
 * batch with something `refused` therefore does not mean that nothing is due.
 */
export async function takeDue(
	database: OutboxDatabase,
	nowMs: number,
): Promise<{ batch: Sendable[]; refused: number }> {
	if ((await dueEntries(database, nowMs, 1)).length === 0) return { batch: [], refused: 0 };
	return await database.write(async (transaction) => {
		const meter = new BatchMeter();
		const batch: Sendable[] = [];
		let refused = 0;
		const due = transaction.objectStore("entries").index("byDue");
		for (const entry of await due.getAll(dueRange(nowMs), maxBatchOperations)) {
			const lane = await readLane(transaction, entry.recordId);
			const content = lane.row ?? entry.tombstone;
			if (lane.state !== "waiting" || !content) continue;
			const sendable = toSendable(entry, content);
			if (isTooLarge(sendable)) {
				const sending = await advance(transaction, lane, { event: "taken" });
				await advance(transaction, sending, { event: "rejected", problem: tooLarge });
				refused += 1;
				continue;
			}
			if (!meter.takes(sendable)) break;
			await advance(transaction, lane, { event: "taken" });
			batch.push(sendable);
		}
		return { batch, refused };
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

function changeFor(lane: Lane, settlement: Settlement, nowMs: number): Change {
	const attempts = lane.inFlight?.attempts ?? 0;
	switch (settlement.kind) {
		case "accepted":
			return { event: lane.inFlight?.kind === "record.delete" ? "removalAccepted" : "accepted" };
		case "rejected":
			return { event: "rejected", problem: settlement.problem };
		case "unsent":
			return { event: "unanswered", attempts, notBefore: 0 };
		case "unanswered":
			return { event: "unanswered", attempts: attempts + 1, notBefore: nowMs + settlement.delayMs(attempts + 1) };
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

/** When the next waiting operation is due (epoch milliseconds; the past counts), or null when none waits. */
export async function nextDueAt(database: OutboxDatabase): Promise<number | null> {
	const [first] = await dueEntries(database, Number.MAX_SAFE_INTEGER, 1);
	return first?.notBefore ?? null;
}

/** Everything that waits out a back-off is due now: the network is back. */
export async function hurryAll(database: OutboxDatabase): Promise<void> {
	const waiting = await dueEntries(database, Number.MAX_SAFE_INTEGER);
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

function dueEntries(database: OutboxDatabase, untilMs: number, limit?: number) {
	return database.read((transaction: Reading) =>
		transaction.objectStore("entries").index("byDue").getAll(dueRange(untilMs), limit),
	);
}

function dueRange(untilMs: number): IDBKeyRange {
	return IDBKeyRange.bound(["waiting", 0], ["waiting", untilMs]);
}
