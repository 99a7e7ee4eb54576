import type { RecordProblem } from "../../backend/contract/errors.ts";
import type { RecordStatus, RecordView } from "../../backend/contract/records.ts";
import type { Client } from "../api/client.ts";
import { t } from "../i18n/t.ts";
import type { OutboxDatabase } from "./database.ts";
import { advance, type Change, readLane } from "./lane.ts";
import { nextVersion } from "./record-row.ts";
import type { RecordRow } from "./schema.ts";

export type RefreshDeps = {
	database: OutboxDatabase;
	/** Whose records are asked for; the client's requests go to that workspace. */
	workspaceId: string;
	client: Pick<Client, "recordsById">;
	signal?: AbortSignal | undefined;
};

export type RefreshOutcome = {
	/** Records of this workspace that are on their way at the backend: worth asking again soon. What needs the person is not. */
	waiting: number;
	/** How many had news. */
	changed: number;
};

/** `GET /api/v1/records?ids=` takes this many. */
const idsPerRequest = 100;

/** The newest ones, which lists show first: enough to see what became of their rows, and one request. */
const deliveredAsked = 50;

const unknownThere: RecordProblem = {
	code: "records/not-found",
	message: t("answers.recordGone"),
	action: "retry",
};

const eventFor = {
	stored: "reportedStored",
	delivering: "reportedDelivering",
	delivered: "reportedDelivered",
	needs_you: "reportedNeedsYou",
} as const satisfies Record<RecordStatus, Change["event"]>;

/**
 * Asks the backend how the records stand that it has and that are not delivered; while none of them is on its way, also what became of the
 * newest delivered ones, whose rows somebody may have edited or deleted.
 * @throws ApiFailure with what was learnt before it already written down
 */
export async function refreshRecords(deps: RefreshDeps): Promise<RefreshOutcome> {
	const { database, workspaceId, client, signal } = deps;
	const undelivered = await openRecords(database, workspaceId);
	const atRest = undelivered.every(({ standing }) => standing !== "waiting");
	const open = atRest ? [...undelivered, ...(await newestDelivered(database, workspaceId))] : undelivered;
	let changed = 0;
	for (let start = 0; start < open.length; start += idsPerRequest) {
		const asked = open.slice(start, start + idsPerRequest);
		const views = await client.recordsById(
			asked.map(({ id }) => id),
			signal,
		);
		changed += await applyViews(database, asked, views);
	}
	const waiting = (await openRecords(database, workspaceId)).filter(({ standing }) => standing === "waiting").length;
	return { waiting, changed };
}

/**
 * After something was done to many records at the backend: what it says of all of the workspace's that are with it, the delivered ones
 * too. Those it has no more were deleted there by somebody who meant it: they are forgotten here.
 *
 * @throws ApiFailure with what was learnt before it already written down
 */
export async function catchUpRecords({ database, workspaceId, client, signal }: RefreshDeps): Promise<void> {
	const rows = await database.read(async (transaction) => {
		const range = IDBKeyRange.bound([workspaceId], [workspaceId, []]);
		return await transaction.objectStore("records").index("byWorkspaceUpdated").getAll(range);
	});
	const there = rows.filter(({ state, problem }) => isWithBackend(state) || problem?.code === unknownThere.code);
	for (let start = 0; start < there.length; start += idsPerRequest) {
		const asked = there.slice(start, start + idsPerRequest);
		const views = await client.recordsById(
			asked.map(({ id }) => id),
			signal,
		);
		const known = new Set(views.map(({ id }) => id));
		await applyViews(
			database,
			asked.filter(({ id }) => known.has(id)),
			views,
		);
		await forgetGone(
			database,
			asked.filter(({ id }) => !known.has(id)),
		);
	}
}

export function isWithBackend(state: RecordRow["state"]): boolean {
	return state === "undoing" || Object.hasOwn(eventFor, state);
}

export async function forgetGone(database: OutboxDatabase, gone: readonly RecordRow[]): Promise<void> {
	if (gone.length === 0) return;
	await database.write(async (transaction) => {
		for (const { id, version, state } of gone) {
			const lane = await readLane(transaction, id);
			// Changed here while we asked: it goes its own way.
			if (lane.row?.version === version && lane.row.state === state)
				await advance(transaction, lane, { event: "forgotten" });
		}
	});
}

/** Troubled records too: the trouble may have been mended at the account or by another device. */
function openRecords(database: OutboxDatabase, workspaceId: string): Promise<RecordRow[]> {
	return database.read(async (transaction) => {
		const index = transaction.objectStore("records").index("byWorkspaceStanding");
		const [waiting, needsYou] = await Promise.all([
			index.getAll([workspaceId, "waiting"]),
			index.getAll([workspaceId, "needs_you"]),
		]);
		const candidates = [...waiting.filter(({ state }) => state !== "local" && state !== "sending"), ...needsYou];
		const entries = await transaction.objectStore("entries").getAll();
		const unsent = new Set(entries.map(({ recordId }) => recordId));
		return candidates.filter(({ id }) => !unsent.has(id));
	});
}

async function newestDelivered(database: OutboxDatabase, workspaceId: string): Promise<RecordRow[]> {
	return await database.read(async (transaction) => {
		const found: RecordRow[] = [];
		const range = IDBKeyRange.bound([workspaceId], [workspaceId, []]);
		let cursor = await transaction.objectStore("records").index("byWorkspaceUpdated").openCursor(range, "prev");
		for (; cursor && found.length < deliveredAsked; cursor = await cursor.continue()) {
			if (cursor.value.state === "delivered" && cursor.value.supersededBy === null) found.push(cursor.value);
		}
		return found;
	});
}

/** Writes only when there is news: each write wakes every open page. */
export async function applyViews(
	database: OutboxDatabase,
	asked: readonly RecordRow[],
	views: readonly RecordView[],
): Promise<number> {
	const byId = new Map(views.map((view) => [view?.id, view]));
	const news = asked.filter((row) => isNews(row, byId.get(row.id)));
	if (news.length === 0) return 0;
	await database.write(async (transaction) => {
		for (const { id, version, state } of news) {
			const lane = await readLane(transaction, id);
			// It was edited, removed or taken back here while we asked: what the backend said is older than that (I4).
			if (lane.row?.version !== version || lane.row.state !== state) continue;
			await advance(transaction, lane, changeOf(lane.row, byId.get(id)));
		}
	});
	return news.length;
}

/** What was an update before it was taken back is a record again: it goes anew as it was. */
function changeOf(row: RecordRow, view: RecordView | undefined): Change {
	if (view) return { event: view.undoing ? "reportedUndoing" : eventFor[view.status], view };
	if (row.state !== "undoing" || row.undoTo === null) return { event: "reportedMissing", problem: unknownThere };
	return { event: "written", row: { ...nextVersion(row), ...row.undoTo } };
}

function isNews(row: RecordRow, view: RecordView | undefined): boolean {
	// What is in its destination stays shown when the backend has forgotten it.
	if (!view) return row.state !== "delivered";
	// A later server's word: what is shown stays, until this is a later version too.
	if (!Object.hasOwn(eventFor, view.status)) return false;
	if (view.version !== row.version) return view.version > row.version;
	return (
		(view.undoing ? "undoing" : view.status) !== row.state ||
		view.remoteUrl !== row.remoteUrl ||
		view.supersededBy !== row.supersededBy ||
		view.targetId !== row.targetId ||
		view.nextAttemptAt !== row.nextAttemptAt ||
		(view.undo?.kind ?? null) !== row.undo ||
		(view.review === "waiting") !== row.inReview ||
		JSON.stringify(view.remote ?? null) !== JSON.stringify(row.remote ?? null) ||
		JSON.stringify(view.note ?? null) !== JSON.stringify(row.note ?? null) ||
		JSON.stringify(view.problem) !== JSON.stringify(row.problem)
	);
}
