import type { Standing } from "./schema.ts";
import type { RecordState } from "./types.ts";

/** Where a record is, operations included. README.md says in words what each one means. */
export const outboxStates = [
	"gone",
	"waiting",
	"sending",
	"overtaken",
	"refused",
	"stored",
	"delivering",
	"delivered",
	"troubled",
	"undoing",
] as const;
export type OutboxState = (typeof outboxStates)[number];

export const outboxEvents = [
	"written",
	"removed",
	"undone",
	"forgotten",
	"taken",
	"accepted",
	"removalAccepted",
	"undoAccepted",
	"rejected",
	"undoRejected",
	"unanswered",
	"expelled",
	"released",
	"retried",
	"reportedStored",
	"reportedDelivering",
	"reportedDelivered",
	"reportedNeedsYou",
	"reportedUndoing",
	"reportedMissing",
] as const;
export type OutboxEvent = (typeof outboxEvents)[number];

/** What a transition does to the stored rows; `lane.ts` carries it out. */
export const outboxEffects = [
	/** The event comes too late or means nothing here. */
	"nothing",
	/** A new operation waits; an unsent one gives way to it (OUT-1). */
	"enqueue",
	/** The record and its unsent operation are dropped: the backend never knew them, or has taken the record back. */
	"forget",
	/** The waiting operation is on its way. */
	"send",
	/** The operation on its way is done with. */
	"settle",
	/** The operation on its way stays, with the reason, until the person does something. */
	"refuse",
	/** The operation on its way waits again, under the same id. */
	"putBack",
	/** The record loses its workspace and target, and its unsent operation is kept back until the person sends it elsewhere. */
	"unplace",
	/** The record loses its workspace and target, and waits for whichever workspace is current. */
	"loosen",
	/** The unsent operation is due now. */
	"hurry",
	/** The record takes on what the backend says. */
	"report",
	/** An operation that would send the record again is kept back until the person asks for it. */
	"keepBack",
] as const;
export type OutboxEffect = (typeof outboxEffects)[number];

export type Transition = { to: OutboxState; does: OutboxEffect };

const to = (state: OutboxState, does: OutboxEffect): Transition => ({ to: state, does });

/** The answers to an operation that is no longer on its way: nobody may change anything by them (I4). */
const lateAnswers = (state: OutboxState) => ({
	accepted: to(state, "nothing"),
	removalAccepted: to(state, "nothing"),
	undoAccepted: to(state, "nothing"),
	rejected: to(state, "nothing"),
	undoRejected: to(state, "nothing"),
	unanswered: to(state, "nothing"),
});

/** The backend's word on a record that has changed here since: an old version's news (I4). */
const oldNews = (state: OutboxState) => ({
	reportedStored: to(state, "nothing"),
	reportedDelivering: to(state, "nothing"),
	reportedDelivered: to(state, "nothing"),
	reportedNeedsYou: to(state, "nothing"),
	reportedUndoing: to(state, "nothing"),
	reportedMissing: to(state, "nothing"),
});

/** Nothing is unsent; what the backend says is the truth. */
const atBackend = (state: OutboxState) => ({
	written: to("waiting", "enqueue"),
	removed: to("waiting", "enqueue"),
	undone: to("waiting", "enqueue"),
	forgotten: to("gone", "forget"),
	taken: to(state, "nothing"),
	...lateAnswers(state),
	expelled: to(state, "nothing"),
	released: to(state, "nothing"),
	retried: to(state, "nothing"),
	reportedStored: to("stored", "report"),
	reportedDelivering: to("delivering", "report"),
	reportedDelivered: to("delivered", "report"),
	reportedNeedsYou: to("troubled", "report"),
	reportedUndoing: to("undoing", "report"),
	reportedMissing: to("refused", "keepBack"),
});

/** Complete on purpose: a new state or event does not compile until every cell was thought about. */
export const transitions: Record<OutboxState, Record<OutboxEvent, Transition>> = {
	gone: {
		written: to("waiting", "enqueue"),
		removed: to("gone", "nothing"),
		undone: to("gone", "nothing"),
		forgotten: to("gone", "nothing"),
		taken: to("gone", "nothing"),
		...lateAnswers("gone"),
		expelled: to("gone", "nothing"),
		released: to("gone", "nothing"),
		retried: to("gone", "nothing"),
		...oldNews("gone"),
	},
	waiting: {
		written: to("waiting", "enqueue"),
		removed: to("waiting", "enqueue"),
		undone: to("waiting", "enqueue"),
		forgotten: to("gone", "forget"),
		taken: to("sending", "send"),
		...lateAnswers("waiting"),
		expelled: to("refused", "unplace"),
		released: to("waiting", "loosen"),
		retried: to("waiting", "hurry"),
		...oldNews("waiting"),
	},
	sending: {
		written: to("overtaken", "enqueue"),
		removed: to("overtaken", "enqueue"),
		undone: to("overtaken", "enqueue"),
		forgotten: to("sending", "nothing"),
		taken: to("sending", "nothing"),
		accepted: to("stored", "settle"),
		removalAccepted: to("gone", "settle"),
		undoAccepted: to("undoing", "settle"),
		rejected: to("refused", "refuse"),
		undoRejected: to("stored", "settle"),
		unanswered: to("waiting", "putBack"),
		expelled: to("sending", "nothing"),
		released: to("sending", "nothing"),
		retried: to("sending", "nothing"),
		...oldNews("sending"),
	},
	overtaken: {
		written: to("overtaken", "enqueue"),
		removed: to("overtaken", "enqueue"),
		undone: to("overtaken", "enqueue"),
		forgotten: to("overtaken", "nothing"),
		taken: to("overtaken", "nothing"),
		accepted: to("waiting", "settle"),
		removalAccepted: to("waiting", "settle"),
		undoAccepted: to("waiting", "settle"),
		rejected: to("waiting", "settle"),
		undoRejected: to("waiting", "settle"),
		unanswered: to("waiting", "settle"),
		expelled: to("overtaken", "nothing"),
		released: to("overtaken", "nothing"),
		retried: to("overtaken", "nothing"),
		...oldNews("overtaken"),
	},
	refused: {
		written: to("waiting", "enqueue"),
		removed: to("waiting", "enqueue"),
		undone: to("waiting", "enqueue"),
		forgotten: to("gone", "forget"),
		taken: to("refused", "nothing"),
		...lateAnswers("refused"),
		expelled: to("refused", "unplace"),
		released: to("refused", "nothing"),
		retried: to("waiting", "hurry"),
		...oldNews("refused"),
	},
	stored: atBackend("stored"),
	delivering: atBackend("delivering"),
	// The row is in the destination: that the backend has forgotten the record since takes nothing away. Putting back a row that was
	// deleted there is a new version, like trying again.
	delivered: {
		...atBackend("delivered"),
		reportedMissing: to("delivered", "nothing"),
		retried: to("waiting", "enqueue"),
	},
	// Trying again is a new version: it needs no network now, and starts the delivery anew when it arrives.
	troubled: { ...atBackend("troubled"), retried: to("waiting", "enqueue") },
	// Taken back on the person's word, so that it may go; said twice, it is one thing.
	undoing: { ...atBackend("undoing"), undone: to("undoing", "nothing"), reportedMissing: to("gone", "forget") },
};

/** What a surface shows for each state; null: the record is not shown. */
export const shownStates: Record<Exclude<OutboxState, "gone">, RecordState> = {
	waiting: "local",
	sending: "sending",
	overtaken: "local",
	refused: "needs_you",
	stored: "stored",
	delivering: "delivering",
	delivered: "delivered",
	troubled: "needs_you",
	undoing: "undoing",
};

/** Which count a record in this state belongs to, as long as no other record has taken its place. */
export const standings: Record<RecordState, Standing> = {
	local: "waiting",
	sending: "waiting",
	stored: "waiting",
	delivering: "waiting",
	delivered: "settled",
	needs_you: "needs_you",
	undoing: "waiting",
};
