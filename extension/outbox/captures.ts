import { fitSource } from "../capture/fit-source.ts";
import { codeOf, note } from "../diagnostics/note.ts";
import { canonical } from "./canonical.ts";
import type { OutboxDatabase, Reading, Writing } from "./database.ts";
import { advance, type Change, type Lane, readLane } from "./lane.ts";
import { OutboxError } from "./outbox-error.ts";
import { captureKey, nextVersion, pageAddress, withoutOwnColumns } from "./record-row.ts";
import { nothingReported, type RecordContent, type RecordRow } from "./schema.ts";
import type { OutboxState } from "./transitions.ts";
import type { Aim, LocalRecord, NewCapture, RecordChange, Sent, Taking } from "./types.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** A capture with the workspace it was made in. */
export type PlacedCapture = NewCapture & { workspaceId: string };

/** Writes one record for each aim in one transaction. @returns what was written: what was edited alone is not in it */
export async function sendCapture(
	database: OutboxDatabase,
	capture: PlacedCapture,
	aims: readonly Aim[],
): Promise<Sent[]> {
	const began = performance.now();
	try {
		const sent = await writeCapture(database, capture, aims);
		note("capture.saved", { records: sent.length, ms: performance.now() - began });
		return sent;
	} catch (error) {
		note("capture.unsaved", { code: codeOf(error), ms: performance.now() - began });
		throw error;
	}
}

function writeCapture(database: OutboxDatabase, capture: PlacedCapture, aims: readonly Aim[]): Promise<Sent[]> {
	return database.write(async (transaction) => {
		const befores = await Promise.all(aims.map(({ recordId }) => rowOf(transaction, recordId)));
		const [first] = befores;
		const newId = uuidV7();
		const captureId = aims.length > 1 ? (first ? captureKey(first) : newId) : null;
		const sent: Sent[] = [];
		for (const [place, { targetId }] of aims.entries()) {
			const before = befores[place];
			if (before && first && isApart(before, first)) continue;
			const aimed = { ...capture, targetId };
			const row = before
				? edited(before, { ...contentOf(aimed), captureId: captureId ?? before.captureId })
				: { ...newRow(aimed, place === 0 ? newId : uuidV7()), captureId };
			sent.push({ record: await write(transaction, row), before: before ? withoutOwnColumns(before) : null });
		}
		return sent;
	});
}

/** One batch of many rows, in one transaction. A record that is gone meanwhile is written anew. @returns what takes them back */
export function writeMany(
	database: OutboxDatabase,
	rows: readonly { capture: PlacedCapture; recordId: string | null }[],
): Promise<Taking[]> {
	return database.write((transaction) => {
		const last = new Map<string, Promise<Taking>>();
		// All at once: waiting for each would cost five times as much as writing it. Only rows of one record follow each other.
		const written = rows.map(async (row) => {
			const id = uuidV7();
			const before = row.recordId === null ? undefined : last.get(row.recordId);
			const turn =
				before === undefined ? writeOne(transaction, row, id) : before.then(() => writeOne(transaction, row, id));
			if (row.recordId !== null) last.set(row.recordId, turn);
			return await turn;
		});
		return Promise.all(written);
	});
}

async function writeOne(
	transaction: Writing,
	{ capture, recordId }: { capture: PlacedCapture; recordId: string | null },
	newId: string,
): Promise<Taking> {
	const before = await rowOf(transaction, recordId);
	const row = before ? edited(before, added(before, capture)) : newRow(capture, newId);
	if (before) await write(transaction, row);
	else await advance(transaction, nowhere, { event: "written", row });
	return { recordId: row.id, before: before ? withoutOwnColumns(before) : null };
}

/** A row says a few columns of what is there: what it says nothing of stays, and so does what kind of thing it is. */
function added({ kind, fields, provenance }: RecordRow, capture: PlacedCapture): RecordContent {
	return {
		kind,
		targetId: capture.targetId,
		fields: { ...fields, ...capture.fields },
		provenance: { ...provenance, ...capture.provenance },
	};
}

/** Of a record that nobody has heard of: there is nothing to be read of it. */
const nowhere: Lane = { state: "gone", row: undefined, inFlight: undefined, unsent: undefined };

/** A new version of one record. @throws OutboxError `outbox/record-unknown` */
export function editRecord(database: OutboxDatabase, recordId: string, change: RecordChange): Promise<LocalRecord> {
	return database.write(async (transaction) => {
		const row = await rowOf(transaction, recordId);
		if (!row) throw new OutboxError("outbox/record-unknown");
		return await write(transaction, edited(row, change));
	});
}

/** The same for the records of its capture that say the same. @throws OutboxError `outbox/record-unknown` */
export function editTogether(
	database: OutboxDatabase,
	recordId: string,
	change: Omit<RecordChange, "targetId">,
): Promise<LocalRecord[]> {
	return database.write(async (transaction) => {
		const row = await rowOf(transaction, recordId);
		if (!row) throw new OutboxError("outbox/record-unknown");
		const capture = transaction.objectStore("records").index("byCapture").getAll(captureKey(row));
		const others = (await capture).filter((one) => one.id !== row.id && !isApart(one, row));
		const written: LocalRecord[] = [];
		for (const one of [row, ...others]) written.push(await write(transaction, edited(one, change)));
		return written;
	});
}

/** Takes back what was sent, all in one transaction. What is gone already is left alone. */
export function takeBack(database: OutboxDatabase, sent: readonly Taking[]): Promise<void> {
	// Of a record that was written twice, what was there before the first time.
	const firsts = new Map<string, Taking>();
	for (const taking of sent) if (!firsts.has(taking.recordId)) firsts.set(taking.recordId, taking);
	return database.write(async (transaction) => {
		for (const { recordId, before } of firsts.values()) {
			const lane = await readLane(transaction, recordId);
			if (lane.row) await advance(transaction, lane, takingBack(lane, lane.row, before));
		}
	});
}

/** Where the backend has the version that is shown, and nothing else waits. */
const atBackend: ReadonlySet<OutboxState> = new Set<OutboxState>(["stored", "delivering", "delivered", "troubled"]);

/**
 * A new record goes: at once when nobody has heard of it, else by way of the backend. An update gives way to what was there before: by
 * way of the backend, which knows the cells of the row, once it is there; before that, or when those are gone, as one more update.
 */
function takingBack(lane: Lane, row: RecordRow, before: LocalRecord | null): Change {
	if (before === null) return row.everSent ? { event: "undone", to: null } : { event: "forgotten" };
	const to = contentOf(before);
	if (atBackend.has(lane.state) && row.undo !== null) return { event: "undone", to };
	return { event: "written", row: edited(row, to) };
}

async function rowOf(transaction: Reading, recordId: string | null): Promise<RecordRow | undefined> {
	return recordId === null ? undefined : await transaction.objectStore("records").get(recordId);
}

async function write(transaction: Writing, row: RecordRow): Promise<LocalRecord> {
	const lane = await advance(transaction, await readLane(transaction, row.id), { event: "written", row });
	return withoutOwnColumns(lane.row ?? row);
}

function edited(row: RecordRow, change: Partial<RecordContent & Pick<RecordRow, "captureId">>): RecordRow {
	// Sent anew, it competes anew: the backend says again whether another record has taken its place.
	return { ...nextVersion(row), ...change, updatedAt: Date.now() };
}

function newRow(capture: PlacedCapture, id: string): RecordRow {
	const now = Date.now();
	return {
		...capture,
		...nothingReported,
		source: fitSource(capture.source),
		id,
		captureId: null,
		version: 1,
		capturedAt: new Date(now).toISOString(),
		normalUrl: pageAddress(capture),
		state: "local",
		problem: null,
		remoteUrl: null,
		supersededBy: null,
		updatedAt: now,
		standing: "waiting",
		everSent: false,
	};
}

function contentOf({ kind, fields, provenance, targetId }: RecordContent): RecordContent {
	return { kind, fields, provenance, targetId };
}

/** Of one capture and yet not the same: one of them was edited alone, here or on another device. */
function isApart(one: RecordRow, other: RecordRow): boolean {
	return captureKey(one) === captureKey(other) && canonical(one.fields) !== canonical(other.fields);
}
