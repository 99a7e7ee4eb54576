import { fitSource } from "../capture/fit-source.ts";
import { normalUrl } from "../capture/normal-url.ts";
import { OutboxDatabase, type Reading } from "./database.ts";
import { advance, type Lane, readLane } from "./lane.ts";
import { OutboxError } from "./outbox-error.ts";
import { noWorkspace, type RecordRow, type Standing } from "./schema.ts";
import type { LocalRecord, NewCapture, Outbox, OutboxCounts } from "./types.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** Whose records: each person on each device has a database of their own, and so has the guest (ID-8). */
export type OutboxOwner = {
	userId: string | null;
	deviceId: string;
	/** The workspace they work in: what is saved is stamped with it, and lists are of it. null: not known, or a guest. */
	workspaceId: string | null;
	/**
	 * Their role there only looks: what is saved belongs to no workspace and waits for one where they may write. Its targets are
	 * not that workspace's either.
	 */
	looksOnly?: boolean;
};

/** The outbox with the database under it, for the parts of this room that send and move. */
export type OpenOutbox = Outbox & { readonly database: OutboxDatabase };

type RecordChange = Parameters<Outbox["edit"]>[1];

export function outboxName({ userId, deviceId }: Pick<OutboxOwner, "userId" | "deviceId">): string {
	return `sheaf_${userId ?? "guest"}_${deviceId}`;
}

/**
 * Opens one person's outbox, making it when it is not there.
 * @throws OutboxError from this and every method; nothing saved before is touched by a failure.
 */
export async function openOutbox(owner: OutboxOwner): Promise<OpenOutbox> {
	const outbox = outboxIn(new OutboxDatabase(outboxName(owner)), owner);
	// Fails here and not at the first capture when the storage is broken.
	await outbox.counts();
	return outbox;
}

/** A person's outbox as it is in one of their workspaces. Closing it closes the database, for every workspace. */
export function outboxIn(database: OutboxDatabase, owner: Pick<OutboxOwner, "workspaceId" | "looksOnly">): OpenOutbox {
	const workspaceId = owner.workspaceId ?? noWorkspace;
	// What has no workspace is shown in every one: it goes to whichever is current when it is sent.
	const places = [...new Set([workspaceId, noWorkspace])];
	return {
		database,
		save: (capture) => save(database, { ...capture, ...(owner.looksOnly ? unplaced : { workspaceId }) }),
		edit: (recordId, change) => edit(database, recordId, change),
		remove: (recordId) => remove(database, recordId),
		restore: (record) => restore(database, record),
		retry: (recordId) => tell(database, recordId, "retried"),
		release: (recordId) => tell(database, recordId, "released"),
		get: (recordId) => database.read(async (tx) => shown(await tx.objectStore("records").get(recordId))),
		recent: (limit) => database.read((tx) => recent(tx, places, limit)),
		byUrl: (url, targetId) => database.read((tx) => byUrl(tx, places, { url, targetId })),
		unsettled: (limit) => database.read((tx) => unsettled(tx, places, limit)),
		counts: () => database.read((tx) => counts(tx, places)),
		unsentElsewhere: () => database.read((tx) => unsentElsewhere(tx, places)),
		all: async () => (await database.read((tx) => tx.objectStore("records").getAll())).map(withoutOwnColumns),
		onChange: (listener) => database.onChange(listener),
		close: () => database.close(),
	};
}

const unplaced = { workspaceId: noWorkspace, targetId: null };

type PlacedCapture = NewCapture & { workspaceId: string };

function save(database: OutboxDatabase, capture: PlacedCapture): Promise<LocalRecord> {
	const now = Date.now();
	const row: RecordRow = {
		...capture,
		source: fitSource(capture.source),
		id: uuidV7(now),
		version: 1,
		capturedAt: new Date(now).toISOString(),
		normalUrl: normalUrl(capture.source.url),
		state: "local",
		problem: null,
		remoteUrl: null,
		supersededBy: null,
		updatedAt: now,
		standing: "waiting",
		everSent: false,
	};
	return write(database, row.id, () => row);
}

function edit(database: OutboxDatabase, recordId: string, change: RecordChange): Promise<LocalRecord> {
	return write(database, recordId, ({ row }) => {
		if (!row) throw new OutboxError("outbox/record-unknown");
		// Sent anew, it competes anew: the backend says again whether another record has taken its place.
		return { ...row, ...change, version: row.version + 1, supersededBy: null, updatedAt: Date.now() };
	});
}

function restore(database: OutboxDatabase, record: LocalRecord): Promise<LocalRecord> {
	return write(database, record.id, (lane) => {
		const last = lane.row ?? lane.unsent?.tombstone ?? lane.inFlight?.tombstone;
		const version = Math.max(record.version, last?.version ?? 0) + 1;
		// The page may not have heard yet where it was sent.
		const { everSent, workspaceId } = last ?? { everSent: false, workspaceId: record.workspaceId };
		const anew = { version, supersededBy: null, standing: "waiting" as const, updatedAt: Date.now() };
		return { ...record, ...anew, everSent, workspaceId };
	});
}

async function write(database: OutboxDatabase, id: string, next: (lane: Lane) => RecordRow): Promise<LocalRecord> {
	return database.write(async (transaction) => {
		const lane = await readLane(transaction, id);
		const { row } = await advance(transaction, lane, { event: "written", row: next(lane) });
		const written = shown(row);
		if (!written) throw new OutboxError("outbox/record-unknown");
		return written;
	});
}

function remove(database: OutboxDatabase, recordId: string): Promise<void> {
	return database.write(async (transaction) => {
		const lane = await readLane(transaction, recordId);
		if (!lane.row) return;
		await advance(transaction, lane, { event: lane.row.everSent ? "removed" : "forgotten" });
	});
}

function tell(database: OutboxDatabase, recordId: string, event: "retried" | "released"): Promise<void> {
	return database.write(async (transaction) => {
		await advance(transaction, await readLane(transaction, recordId), { event });
	});
}

async function recent(transaction: Reading, places: readonly string[], limit: number): Promise<LocalRecord[]> {
	const found = await Promise.all(places.map((place) => recentIn(transaction, place, limit)));
	return found
		.flat()
		.sort((a, b) => b.updatedAt - a.updatedAt)
		.slice(0, limit);
}

async function recentIn(transaction: Reading, place: string, limit: number): Promise<LocalRecord[]> {
	const found: LocalRecord[] = [];
	const range = IDBKeyRange.bound([place], [place, []]);
	let cursor = await transaction.objectStore("records").index("byWorkspaceUpdated").openCursor(range, "prev");
	while (cursor && found.length < limit) {
		const record = cursor.value.supersededBy === null ? shown(cursor.value) : undefined;
		if (record) found.push(record);
		cursor = await cursor.continue();
	}
	return found;
}

type UrlQuery = { url: string; targetId: string | undefined };

async function byUrl(transaction: Reading, places: readonly string[], query: UrlQuery): Promise<LocalRecord[]> {
	const rows = await transaction.objectStore("records").index("byNormalUrl").getAll(query.url);
	return rows
		.filter((row) => places.includes(row.workspaceId))
		.filter((row) => query.targetId === undefined || row.targetId === query.targetId)
		.sort((a, b) => b.updatedAt - a.updatedAt)
		.map(withoutOwnColumns);
}

/** Ids are UUIDv7, so their order is the order of capture, and an index keeps equal keys in it. */
async function unsettled(transaction: Reading, places: readonly string[], limit: number): Promise<LocalRecord[]> {
	const index = transaction.objectStore("records").index("byWorkspaceStanding");
	const found = await Promise.all(
		places.flatMap((place) => [index.getAll([place, "waiting"], limit), index.getAll([place, "needs_you"], limit)]),
	);
	return found
		.flat()
		.sort((a, b) => (a.id < b.id ? -1 : 1))
		.slice(0, limit)
		.map(withoutOwnColumns);
}

async function counts(transaction: Reading, places: readonly string[]): Promise<OutboxCounts> {
	const index = transaction.objectStore("records").index("byWorkspaceStanding");
	const count = async (standing: Standing) =>
		sum(await Promise.all(places.map((place) => index.count([place, standing]))));
	const [waiting, needsYou] = await Promise.all([count("waiting"), count("needs_you")]);
	return { waiting, needsYou };
}

/** What is on its way is not counted: it is leaving. */
async function unsentElsewhere(transaction: Reading, places: readonly string[]): Promise<number> {
	const entries = transaction.objectStore("entries");
	const [byDue, byPlace] = [entries.index("byDue"), entries.index("byWorkspaceDue")];
	const under = (...key: string[]) => IDBKeyRange.bound(key, [...key, []]);
	const states = ["waiting", "refused"] as const;
	const everywhere = states.map((state) => byDue.count(under(state)));
	const here = places.flatMap((place) => states.map((state) => byPlace.count(under(place, state))));
	return sum(await Promise.all(everywhere)) - sum(await Promise.all(here));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, one) => total + one, 0);
}

function shown(row: RecordRow | undefined): LocalRecord | undefined {
	return row && withoutOwnColumns(row);
}

function withoutOwnColumns({ standing: _standing, everSent: _everSent, ...record }: RecordRow): LocalRecord {
	return record;
}
