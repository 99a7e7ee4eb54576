import { describe, expect, test } from "bun:test";
import type { OutboxDatabase } from "./database.ts";
import { advance, type Change, type Lane, readLane } from "./lane.ts";
import type { OpenOutbox } from "./outbox.ts";
import { aCapture, allEntries, anOutbox, aView, home, present } from "./test-outbox.ts";
import {
	type OutboxEvent,
	type OutboxState,
	outboxEvents,
	outboxStates,
	shownStates,
	transitions,
} from "./transitions.ts";

/** How a record that has just been saved (waiting) gets into each state. */
const ways: Record<OutboxState, readonly OutboxEvent[]> = {
	gone: ["forgotten"],
	waiting: [],
	sending: ["taken"],
	overtaken: ["taken", "written"],
	refused: ["taken", "rejected"],
	stored: ["taken", "accepted"],
	delivering: ["taken", "accepted", "reportedDelivering"],
	delivered: ["taken", "accepted", "reportedDelivered"],
	troubled: ["taken", "accepted", "reportedNeedsYou"],
	undoing: ["taken", "accepted", "reportedUndoing"],
};

const problem = { code: "delivery/refused", message: "It was refused.", action: "retry" } as const;

/** The event with what it brings along, as it would come for the record as it is now. */
function changeFor(event: OutboxEvent, { row }: Lane, original: NonNullable<Lane["row"]>): Change {
	const now = row ?? original;
	switch (event) {
		case "written":
			return { event, row: { ...now, version: now.version + 1 } };
		case "taken":
			return { event, workspaceId: home };
		case "undone":
			return { event, to: null };
		case "rejected":
		case "undoRejected":
		case "expelled":
		case "reportedMissing":
			return { event, problem };
		case "unanswered":
			return { event, attempts: 1, notBefore: 1 };
		case "reportedStored":
			return { event, view: aView(now, { status: "stored" }) };
		case "reportedDelivering":
			return { event, view: aView(now, { status: "delivering" }) };
		case "reportedDelivered":
			return { event, view: aView(now, { status: "delivered", remoteUrl: "https://example.com/row" }) };
		case "reportedNeedsYou":
			return { event, view: aView(now, { status: "needs_you", problem }) };
		case "reportedUndoing":
			return { event, view: aView(now, { status: "delivering", undoing: true }) };
		default:
			return { event };
	}
}

async function fire(database: OutboxDatabase, original: NonNullable<Lane["row"]>, event: OutboxEvent): Promise<Lane> {
	return await database.write(async (transaction) => {
		const lane = await readLane(transaction, original.id);
		return await advance(transaction, lane, changeFor(event, lane, original));
	});
}

async function recordIn(outbox: OpenOutbox, state: OutboxState): Promise<NonNullable<Lane["row"]>> {
	const { id } = await outbox.save(aCapture());
	const original = present((await outbox.database.read((transaction) => readLane(transaction, id))).row);
	for (const event of ways[state]) await fire(outbox.database, original, event);
	return original;
}

describe("the table carried out on stored rows", () => {
	for (const from of outboxStates) {
		test(`OUT-1: ${from}: every event leads where the table says, and the rows say the same`, async () => {
			for (const event of outboxEvents) {
				const outbox = await anOutbox();
				const original = await recordIn(outbox, from);
				const step = transitions[from][event];
				const entriesBefore = await allEntries(outbox.database);
				const after = await fire(outbox.database, original, event);
				expect({ event, to: after.state }).toEqual({ event, to: step.to });
				const read = await outbox.database.read((transaction) => readLane(transaction, original.id));
				expect({ event, to: read.state }).toEqual({ event, to: step.to });
				if (step.does === "nothing") expect(await allEntries(outbox.database)).toEqual(entriesBefore);
				expectShown(read, event);
				await expectOneUnsent(outbox);
				outbox.close();
			}
		});
	}
});

/** A record is shown as its state says; one that is being removed is not shown. */
function expectShown(lane: Lane, event: OutboxEvent): void {
	const removing = (lane.unsent ?? lane.inFlight)?.kind === "record.delete";
	if (lane.state === "gone" || (removing && lane.state !== "refused")) {
		expect({ event, row: lane.row }).toEqual({ event, row: undefined });
		return;
	}
	const takingBack = (lane.unsent ?? lane.inFlight)?.kind === "record.undo";
	const shown = takingBack ? "undoing" : shownStates[lane.state];
	expect({ event, shown: lane.row?.state }).toEqual({ event, shown });
	expect({ event, explained: lane.row?.problem !== null }).toEqual({
		event,
		explained: lane.row?.state === "needs_you",
	});
}

async function expectOneUnsent(outbox: OpenOutbox): Promise<void> {
	const entries = await allEntries(outbox.database);
	expect(entries.filter(({ state }) => state === "sending").length).toBeLessThanOrEqual(1);
	expect(entries.filter(({ state }) => state !== "sending").length).toBeLessThanOrEqual(1);
}
