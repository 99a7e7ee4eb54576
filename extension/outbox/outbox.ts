import { editRecord, editTogether, type PlacedCapture, sendCapture, takeBack } from "./captures.ts";
import { OutboxDatabase } from "./database.ts";
import { advance, type Lane, readLane } from "./lane.ts";
import { byUrl, counts, dueTimes, recent, unsentElsewhere, unsettled } from "./lists.ts";
import { OutboxError } from "./outbox-error.ts";
import { withoutOwnColumns } from "./record-row.ts";
import { nothingReported, noWorkspace, type RecordRow } from "./schema.ts";
import { searchRecords } from "./search.ts";
import { sendMany } from "./send-many.ts";
import type { Aim, LocalRecord, Outbox } from "./types.ts";

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
	const placed = { workspaceId: owner.looksOnly ? noWorkspace : workspaceId };
	return {
		database,
		save: (capture) => save(database, { ...capture, ...placed, ...(owner.looksOnly ? { targetId: null } : {}) }),
		send: (capture, aims) =>
			sendCapture(database, { ...capture, ...placed }, owner.looksOnly ? untargeted(aims) : aims),
		sendMany: (rows, options) =>
			sendMany(database, rows, { ...options, ...placed, ...(owner.looksOnly ? { targetId: null } : {}) }),
		edit: (recordId, change) => editRecord(database, recordId, change),
		editCapture: (recordId, change) => editTogether(database, recordId, change),
		takeBack: (sent) => takeBack(database, sent),
		remove: (recordId) => remove(database, recordId),
		restore: (record) => restore(database, record),
		retry: (recordId) => tell(database, recordId, "retried"),
		release: (recordId) => tell(database, recordId, "released"),
		get: (recordId) => database.read(async (tx) => shownOf(await tx.objectStore("records").get(recordId))),
		recent: (limit) => database.read((tx) => recent(tx, places, limit)),
		byUrl: (url, targetId) => database.read((tx) => byUrl(tx, places, { url, targetId })),
		search: (text, limit) => database.read((tx) => searchRecords(tx, places, { text, limit })),
		unsettled: (limit) => database.read((tx) => unsettled(tx, places, limit)),
		counts: () => database.read((tx) => counts(tx, places)),
		dueTimes: () => database.read((tx) => dueTimes(tx, places)),
		unsentElsewhere: () => database.read((tx) => unsentElsewhere(tx, places)),
		all: async () => (await database.read((tx) => tx.objectStore("records").getAll())).map(withoutOwnColumns),
		// Asked for by a page that is drawn already, and never by the background, where a script cannot be fetched later.
		catchUp: async (client) => {
			const { catchUpRecords } = await import("./refresh.ts");
			await catchUpRecords({ database, workspaceId, client });
		},
		applyLive: async (changes, client) => {
			const { applyLive } = await import("./apply-live.ts");
			await applyLive({ database, workspaceId, client }, changes);
		},
		onChange: (listener) => database.onChange(listener),
		close: () => database.close(),
	};
}

/** One record that waits for a workspace where the person may write: the targets are this one's. */
function untargeted(aims: readonly Aim[]): Aim[] {
	return aims.slice(0, 1).map(({ recordId }) => ({ recordId, targetId: null }));
}

async function save(database: OutboxDatabase, capture: PlacedCapture): Promise<LocalRecord> {
	const [sent] = await sendCapture(database, capture, [{ targetId: capture.targetId, recordId: null }]);
	if (!sent) throw new OutboxError("outbox/record-unknown");
	return sent.record;
}

function restore(database: OutboxDatabase, record: LocalRecord): Promise<LocalRecord> {
	return write(database, record.id, (lane) => {
		const last = lane.row ?? lane.unsent?.tombstone ?? lane.inFlight?.tombstone;
		const version = Math.max(record.version, last?.version ?? 0) + 1;
		// The page may not have heard yet where it was sent.
		const { everSent, workspaceId } = last ?? { everSent: false, workspaceId: record.workspaceId };
		const anew = { version, supersededBy: null, standing: "waiting" as const, updatedAt: Date.now() };
		return { ...record, ...nothingReported, ...anew, everSent, workspaceId };
	});
}

async function write(database: OutboxDatabase, id: string, next: (lane: Lane) => RecordRow): Promise<LocalRecord> {
	return database.write(async (transaction) => {
		const lane = await readLane(transaction, id);
		const { row } = await advance(transaction, lane, { event: "written", row: next(lane) });
		const written = shownOf(row);
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

function shownOf(row: RecordRow | undefined): LocalRecord | undefined {
	return row && withoutOwnColumns(row);
}
