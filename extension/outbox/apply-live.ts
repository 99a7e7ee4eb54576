import type { LiveChanges, RecordStanding } from "../../backend/contract/live.ts";
import type { RecordView } from "../../backend/contract/records.ts";
import { applyViews, forgetGone, isWithBackend, type RefreshDeps } from "./refresh.ts";
import type { RecordRow } from "./schema.ts";

/**
 * Takes on what the backend tells of records of this device, at most once each: the same rules as for an answer to a question. Content is fetched
 * where another device has written a newer version; what was deleted there is forgotten here.
 *
 * @throws ApiFailure when that content cannot be had; the rest is written down by then
 */
export async function applyLive(deps: RefreshDeps, { records, gone }: LiveChanges): Promise<void> {
	const { database, client } = deps;
	const rows = await rowsToTell(deps, [...records.map(({ id }) => id), ...gone]);
	if (rows.length === 0) return;
	const standings = new Map(records.map((standing) => [standing.id, standing]));
	const told = rows.filter(({ id }) => standings.has(id));
	const isNewer = (row: RecordRow) => (standings.get(row.id)?.version ?? 0) > row.version;
	const known = told.filter((row) => !isNewer(row));
	await applyViews(
		database,
		known,
		known.flatMap((row) => viewOf(row, standings.get(row.id)) ?? []),
	);
	const away = rows.filter(({ id }) => !standings.has(id));
	// What is being taken back goes as the undo says: an update becomes what it was before.
	const undone = away.filter(({ state }) => state === "undoing");
	await applyViews(database, undone, []);
	await forgetGone(
		database,
		away.filter(({ state }) => state !== "undoing"),
	);
	const newer = told.filter(isNewer);
	for (let start = 0; start < newer.length; start += idsPerRequest) {
		const asked = newer.slice(start, start + idsPerRequest);
		const views = await client.recordsById(asked.map(({ id }) => id));
		const there = new Set(views.map(({ id }) => id));
		await applyViews(
			database,
			asked.filter(({ id }) => there.has(id)),
			views,
		);
	}
}

/** `GET /api/v1/records?ids=` takes this many. */
const idsPerRequest = 100;

/** Those of this device that are with the backend, in that workspace, with nothing unsent: the others go their own way. */
async function rowsToTell({ database, workspaceId }: RefreshDeps, ids: readonly string[]): Promise<RecordRow[]> {
	return await database.read(async (transaction) => {
		const [records, entries] = [transaction.objectStore("records"), transaction.objectStore("entries")];
		const found = await Promise.all(ids.map((id) => records.get(id)));
		const rows = found.filter((row) => row !== undefined);
		const told = rows.filter((row) => row.workspaceId === workspaceId && isWithBackend(row.state));
		const unsent = await Promise.all(told.map(({ id }) => entries.index("byRecord").count(id)));
		return told.filter((_, index) => unsent[index] === 0);
	});
}

/** A standing of the same version stands for a view: the content is what is here. */
function viewOf(row: RecordRow, standing: RecordStanding | undefined): RecordView | null {
	if (standing === undefined) return null;
	const { source, fields, provenance } = row;
	return { ...standing, source, fields, provenance };
}
