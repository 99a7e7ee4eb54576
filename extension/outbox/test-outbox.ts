import "fake-indexeddb/auto";
import type { RecordView } from "../../backend/contract/records.ts";
import type { Operation, OperationResult } from "../../backend/contract/writes.ts";
import type { OutboxDatabase } from "./database.ts";
import { type OpenOutbox, openOutbox } from "./outbox.ts";
import { takeDue } from "./queue.ts";
import type { EntryRow } from "./schema.ts";
import type { LocalRecord, NewCapture } from "./types.ts";

/** A capture as a page gives it; `text` ends up in its title. */
export function aCapture(text = "A title", more: Partial<NewCapture> = {}): NewCapture {
	return {
		kind: "page",
		targetId: null,
		source: { url: `https://example.com/${encodeURIComponent(text)}`, title: text },
		fields: { title: { type: "text", value: text } },
		provenance: { title: { from: "meta", path: "title", confidence: 0.7 } },
		image: null,
		document: null,
		...more,
	};
}

/** The workspace that is current in tests of one workspace. */
export const home = crypto.randomUUID();

/** An outbox of its own for one test, a person's unless told otherwise. */
export function anOutbox(userId: string | null = crypto.randomUUID()): Promise<OpenOutbox> {
	return openOutbox({ userId, deviceId: crypto.randomUUID(), workspaceId: userId === null ? null : home });
}

/** What is due now where everything is sent to. */
export function takeHome(database: OutboxDatabase, nowMs = Date.now()) {
	return takeDue(database, { workspaceId: home, current: true }, nowMs);
}

export function allEntries(database: OutboxDatabase): Promise<EntryRow[]> {
	return database.read((transaction) => transaction.objectStore("entries").getAll());
}

export function stored(operation: Operation): OperationResult {
	return { id: operation.id, status: "stored" };
}

/** The record as the backend would show it. */
export function aView(record: LocalRecord, more: Partial<RecordView> = {}): RecordView {
	const { id, kind, version, targetId, captureId, capturedAt, source, fields, provenance } = record;
	const place = { id, targetId, captureId, capturedAt, updatedAt: capturedAt };
	const content = { kind, version, source, fields, provenance };
	const standing = { deliveredVersion: null, remoteUrl: null, problem: null, nextAttemptAt: null, supersededBy: null };
	return {
		...place,
		...content,
		status: "stored",
		...standing,
		review: null,
		undo: null,
		undoing: false,
		remote: null,
		...more,
	};
}

/** Fails a test that got nothing where there must be something, and tells the compiler so. */
export function present<T>(value: T | null | undefined): T {
	if (value === null || value === undefined) throw new Error("Expected a value.");
	return value;
}
