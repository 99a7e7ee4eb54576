import type { IDBPDatabase, IDBPTransaction } from "idb";
import type { Provenance } from "../../backend/contract/provenance.ts";
import { isProvenanceSource, usualConfidence } from "../capture/trust.ts";
import type { LocalRecord, OutboxEntry } from "./types.ts";

/** Which list a record is counted in: what waits, what needs the person, or neither. */
export type Standing = "waiting" | "needs_you" | "settled";

/** What a record says and where it goes: what an edit changes and Undo puts back. */
export type RecordContent = Pick<LocalRecord, "kind" | "fields" | "provenance" | "targetId">;

/** A stored record. The columns beyond `LocalRecord` are the outbox's own and never leave the room. */
export type RecordRow = LocalRecord & {
	standing: Standing;
	/** Whether the backend may know the record: set before the first request that carries it. */
	everSent: boolean;
	/** While an update is being taken back: what the record says again once that is done. */
	undoTo: RecordContent | null;
};

/** A stored operation. A removal keeps the record it took away, so that a refused one can show it again. */
export type EntryRow = OutboxEntry & { tombstone: RecordRow | null };

/** Records and operations that were put away at a sign-out. Nothing in it can be read without the key. */
export type Parcel = {
	id: string;
	/** The key it needs: the server's for this person and device, or one that was made here because there was none. */
	sealedWith: "server" | "device";
	iv: Uint8Array<ArrayBuffer>;
	/** AES-GCM over the JSON of `{ records, entries }`. */
	content: ArrayBuffer;
};

/**
 * `holdUntil`: the server asked for silence. `claim`, `moved/…`: the move of guest captures. `sealed`: its person has
 * signed out, so nobody writes here. `olderRows`: some rows are from the version that knew no workspaces.
 */
export type MetaKey = "holdUntil" | "claim" | `moved/${string}` | "sealed" | "olderRows";

export type OutboxSchema = {
	records: {
		key: string;
		value: RecordRow;
		indexes: {
			byNormalUrl: string;
			byCapture: string;
			byWorkspaceUpdated: [string, number];
			byWorkspaceStanding: [string, Standing];
		};
	};
	entries: {
		key: string;
		value: EntryRow;
		indexes: {
			byRecord: string;
			byDue: [OutboxEntry["state"], number];
			byWorkspaceDue: [string, OutboxEntry["state"], number];
		};
	};
	meta: { key: MetaKey; value: unknown };
	parcels: { key: string; value: Parcel };
};

export type StoreName = "records" | "entries" | "meta" | "parcels";
export const storeNames: StoreName[] = ["records", "entries", "meta", "parcels"];
export const schemaVersion = 4;

/** Where a record is that belongs to no workspace yet. Not null, because IndexedDB leaves null out of its indexes. */
export const noWorkspace = "";

type Upgrading = IDBPTransaction<OutboxSchema, StoreName[], "versionchange">;

/** Brings a database of any earlier version up to this one. Every row is kept. */
export async function upgradeSchema(
	database: IDBPDatabase<OutboxSchema>,
	oldVersion: number,
	transaction: Upgrading,
): Promise<void> {
	if (oldVersion < 1) createFirstSchema(database);
	if (oldVersion < 2) await addWorkspaces(database, transaction);
	if (oldVersion < 3) addCaptures(transaction);
	if (oldVersion < 4) await completeRows(transaction);
}

function createFirstSchema(database: IDBPDatabase<OutboxSchema>): void {
	const records = database.createObjectStore("records", { keyPath: "id" });
	records.createIndex("byNormalUrl", "normalUrl");
	const entries = database.createObjectStore("entries", { keyPath: "operationId" });
	entries.createIndex("byRecord", "recordId");
	entries.createIndex("byDue", ["state", "notBefore"]);
	database.createObjectStore("meta");
}

/** Rows that the backend has are of the personal workspace: there was no other. `place-older.ts` learns which that is. */
async function addWorkspaces(database: IDBPDatabase<OutboxSchema>, transaction: Upgrading): Promise<void> {
	database.createObjectStore("parcels", { keyPath: "id" });
	const [records, entries] = [transaction.objectStore("records"), transaction.objectStore("entries")];
	records.createIndex("byWorkspaceUpdated", ["workspaceId", "updatedAt"]);
	records.createIndex("byWorkspaceStanding", ["workspaceId", "standing"]);
	entries.createIndex("byWorkspaceDue", ["workspaceId", "state", "notBefore"]);
	const older = new Set<string>(["byUpdatedAt", "byStanding"]);
	for (const name of records.indexNames) if (older.has(name)) records.deleteIndex(name);
	let found = 0;
	for (let cursor = await records.openCursor(); cursor; cursor = await cursor.continue()) {
		await cursor.update({ ...cursor.value, workspaceId: noWorkspace });
		found += 1;
	}
	for (let cursor = await entries.openCursor(); cursor; cursor = await cursor.continue()) {
		const { tombstone } = cursor.value;
		const placed = tombstone && { ...tombstone, workspaceId: noWorkspace };
		await cursor.update({ ...cursor.value, workspaceId: noWorkspace, tombstone: placed });
		found += 1;
	}
	if (found > 0) await transaction.objectStore("meta").put(true, "olderRows");
}

/** Every capture was one record then, and nothing but a removal could be taken back. */
function addCaptures(transaction: Upgrading): void {
	transaction.objectStore("records").createIndex("byCapture", "captureId");
}

/** Gives the rows of every earlier version what rows have since. */
async function completeRows(transaction: Upgrading): Promise<void> {
	const [records, entries] = [transaction.objectStore("records"), transaction.objectStore("entries")];
	for (let cursor = await records.openCursor(); cursor; cursor = await cursor.continue()) {
		await cursor.update(completed(cursor.value));
	}
	for (let cursor = await entries.openCursor(); cursor; cursor = await cursor.continue()) {
		const { tombstone } = cursor.value;
		if (tombstone) await cursor.update({ ...cursor.value, tombstone: completed(tombstone) });
	}
}

/** Until version 4 a value's origin was the name of its source alone. */
type OlderProvenance = Record<string, Provenance[string] | string>;
type OlderRow = Omit<RecordRow, "captureId" | "provenance" | "undoTo" | keyof typeof nothingReported> &
	Partial<Omit<RecordRow, "provenance" | "undoTo">> & {
		provenance: OlderProvenance;
		undoTo?: (Omit<RecordContent, "provenance"> & { provenance: OlderProvenance }) | null;
	};

/** A row of any earlier version, as it is now: also what was sealed before an update and is taken out after it. */
export function completed(row: OlderRow): RecordRow {
	const undoTo = row.undoTo ? { ...row.undoTo, provenance: withConfidence(row.undoTo.provenance) } : null;
	const full = { captureId: null, ...nothingReported, ...row };
	return { ...full, provenance: withConfidence(row.provenance), undoTo };
}

function withConfidence(older: OlderProvenance): Provenance {
	const origins = Object.entries(older).flatMap(([name, origin]): [string, Provenance[string]][] => {
		if (typeof origin !== "string") return [[name, origin]];
		return isProvenanceSource(origin) ? [[name, { from: origin, confidence: usualConfidence[origin] }]] : [];
	});
	return Object.fromEntries(origins);
}

/** What only the backend says of a record, of one that it does not have. */
export const nothingReported = {
	undo: null,
	undoProblem: null,
	undoTo: null,
	inReview: false,
	nextAttemptAt: null,
	remote: null,
	note: null,
} as const;
