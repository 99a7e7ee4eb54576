import type { RecordProblem } from "../../backend/contract/errors.ts";
import type { Fields } from "../../backend/contract/fields.ts";
import type { LiveChanges } from "../../backend/contract/live.ts";
import type { Provenance } from "../../backend/contract/provenance.ts";
import type { RecordNote, RecordRemote, UndoKind } from "../../backend/contract/records.ts";
import type { Client } from "../api/client.ts";
import type { CapturedDocument } from "../capture/draft.ts";

/** Where a record is (SPEC, J5). `local`, `sending` and `undoing` are the extension's own; the rest is the backend's word. */
export type RecordState = "local" | "sending" | "stored" | "delivering" | "delivered" | "needs_you" | "undoing";

/**
 * What Undo would do now, as the backend last said; null: it cannot be taken back any more. `unasked`: the backend has the record and
 * has not said yet, so that Undo is offered and may be refused.
 */
export type UndoOffer = UndoKind | "unasked" | null;

/** A record as the extension keeps it. The row is durable before any surface says "saved". */
export type LocalRecord = {
	/** UUIDv7 made at the first save. */
	id: string;
	kind: string;
	/** Grows by one with every edit; starts at 1. */
	version: number;
	/**
	 * The workspace it was saved in and goes to, whichever is current later. Empty for what a guest saved, or what lost its
	 * workspace: that one goes to the workspace that is current when it is first sent.
	 */
	workspaceId: string;
	/** null: waits for a target. */
	targetId: string | null;
	/** What was sent to several targets is one record for each, and they share the first one's id here. null: there is only this one. */
	captureId: string | null;
	/** RFC 3339 in UTC. */
	capturedAt: string;
	source: { url: string; title: string };
	/** `source.url` normalised; what "already in your table" is answered by. */
	normalUrl: string;
	fields: Fields;
	provenance: Provenance;
	image: string | null;
	document: CapturedDocument | null;
	state: RecordState;
	problem: RecordProblem | null;
	remoteUrl: string | null;
	supersededBy: string | null;
	/** Only of what the backend has: what is not sent yet can always be taken back. */
	undo: UndoOffer;
	/** Why it was not taken back when the person last asked for it. */
	undoProblem: string | null;
	/** It waits until somebody has looked at it and lets it go. */
	inReview: boolean;
	/** When the backend sends it, while it waits for that (RFC 3339). */
	nextAttemptAt: string | null;
	/** What somebody did to its row in the destination since it was delivered (SYNC-6). */
	remote: RecordRemote | null;
	/** What its row lacks there though nothing failed; absent in rows that were written before anything was said of it. */
	note?: RecordNote | null;
	/** Epoch milliseconds. */
	updatedAt: number;
};

/** What waits to be sent: at most one unsent operation per record, later edits coalesce with it (OUT-1). */
export type OutboxEntry = {
	/** UUIDv7: the idempotency key. A new one whenever the content changes. */
	operationId: string;
	recordId: string;
	kind: "record.put" | "record.delete" | "record.undo";
	/** Its record's. */
	workspaceId: string;
	version: number;
	state: "waiting" | "sending" | "refused";
	attempts: number;
	/** Epoch milliseconds before which it is not sent. */
	notBefore: number;
	problem: RecordProblem | null;
	createdAt: number;
};

export type OutboxCounts = {
	/** Records not yet delivered and not in trouble. */
	waiting: number;
	needsYou: number;
};

/** What the rest of the extension sees of the outbox; `database.ts` implements it. */
export type Outbox = {
	/** Durable (strict) once the promise resolves; only then may a surface say "Saved here". */
	save(capture: NewCapture): Promise<LocalRecord>;
	/**
	 * One capture to several targets: one record for each, all of them or none. What stands there already gets a new version,
	 * but for one of the same capture that was edited alone since. @returns what was written, in the order of the aims
	 */
	send(capture: NewCapture, aims: readonly Aim[]): Promise<Sent[]>;
	/**
	 * Many rows at once, in batches that are each written whole or not at all. What was written when it stops, fails or its page is
	 * closed stays and is sent. @throws OutboxError with the rows of earlier batches saved, as `onSaved` was told
	 */
	sendMany(rows: readonly ManyRow[], options?: ManyOptions): Promise<ManySaved>;
	/** A new version; coalesces with an unsent one. */
	edit(recordId: string, change: RecordChange): Promise<LocalRecord>;
	/** The same for every record of its capture that says what it says: one that was edited alone is left alone. */
	editCapture(recordId: string, change: Omit<RecordChange, "targetId">): Promise<LocalRecord[]>;
	/** Takes back what `send` wrote (Undo): all of it or, when it fails, nothing. */
	takeBack(sent: readonly Taking[]): Promise<void>;
	/** Forgets the record here and, when it was ever sent, tells the backend. */
	remove(recordId: string): Promise<void>;
	/** Puts back what `remove` took, as a new version of the same record (Undo). */
	restore(record: LocalRecord): Promise<LocalRecord>;
	/** Makes a refused or backed-off entry due now. */
	retry(recordId: string): Promise<void>;
	/** Lets what waits for a workspace go to another one instead, whichever is current when it may be sent: only on the person's word. */
	release(recordId: string): Promise<void>;
	get(recordId: string): Promise<LocalRecord | undefined>;
	/** The records of the newest captures, newest first; superseded ones are left out. Of the workspace that is open, like every list below. */
	recent(limit: number): Promise<LocalRecord[]>;
	/** Records captured from this normalised URL, newest first, optionally for one target. */
	byUrl(normalUrl: string, targetId?: string): Promise<LocalRecord[]>;
	/** One record of each of the newest captures that hold every word of the text, in title, address or fields. */
	search(text: string, limit: number): Promise<LocalRecord[]>;
	/** Everything not delivered yet: waiting and needs_you, oldest first. */
	unsettled(limit: number): Promise<LocalRecord[]>;
	counts(): Promise<OutboxCounts>;
	/** By record, until when what is unsent waits before it is tried again (epoch milliseconds); what is due now is not in it. */
	dueTimes(): Promise<Record<string, number>>;
	/** Records in the person's other workspaces that have not left this device: sent by themselves, and listed only there. */
	unsentElsewhere(): Promise<number>;
	/** Every record on this device that is this person's, whatever its workspace, oldest first: for an export. */
	all(): Promise<LocalRecord[]>;
	/** After something was done to many records at the backend: takes on what it says of all that are with it; deleted ones go. */
	catchUp(client: Pick<Client, "recordsById">): Promise<void>;
	/** Takes on what the backend told of this workspace's records (LIVE-1). */
	applyLive(changes: LiveChanges, client: Pick<Client, "recordsById">): Promise<void>;
	/** Called in every extension context after any context changed anything. Returns the unsubscribe. */
	onChange(listener: () => void): () => void;
	close(): void;
};

/** Where one record of a capture goes. `recordId`: the one that stands there already. */
export type Aim = { targetId: string | null; recordId: string | null };

/** One of many: `recordId` is the record on this device that gets a new version; null: it is a new one. */
export type ManyRow = { capture: NewCapture; recordId: string | null };

export type ManyOptions = {
	/** Ends it after the batch that is being written. */
	signal?: AbortSignal;
	/** After every batch that is on disk: what is saved so far and what takes it back, also should a later batch fail. */
	onSaved?: (soFar: ManySaved) => void;
};

/** How many of the rows are on disk, from the first one on, and what takes them back. */
export type ManySaved = { saved: number; taking: Taking[] };

/** A written record, and what stood there before. */
export type Sent = { record: LocalRecord; before: LocalRecord | null };

/** What is to be taken back. `before`: the record as it was before what is taken back; null: there was none. */
export type Taking = { recordId: string; before: LocalRecord | null };

/** What an edit replaces; what is left out stays. */
export type RecordChange = {
	fields?: Fields;
	/** Goes with `fields`: what a person typed must not be taken for the page's at the next update. */
	provenance?: Provenance;
	targetId?: string | null;
	kind?: string;
};

export type NewCapture = {
	kind: string;
	targetId: string | null;
	source: { url: string; title: string };
	fields: Fields;
	provenance: Provenance;
	image: string | null;
	document: CapturedDocument | null;
};
