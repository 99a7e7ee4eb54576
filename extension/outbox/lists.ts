import type { Reading } from "./database.ts";
import { captureKey, withoutOwnColumns } from "./record-row.ts";
import type { RecordRow, Standing } from "./schema.ts";
import type { LocalRecord, OutboxCounts } from "./types.ts";

/**
 * The newest captures, each with all its records together, in the order they were written in. Superseded ones are left out.
 * @param limit how many captures
 */
export async function recent(transaction: Reading, places: readonly string[], limit: number): Promise<LocalRecord[]> {
	const found = await Promise.all(places.map((place) => recentIn(transaction, place, limit)));
	const newest = found.flat().sort((a, b) => b.updatedAt - a.updatedAt);
	const captures = [...new Map(newest.map((row) => [captureKey(row), row])).keys()].slice(0, limit);
	const byCapture = transaction.objectStore("records").index("byCapture");
	const rows = await Promise.all(
		captures.map(async (key) => {
			const alone = newest.find((row) => captureKey(row) === key && row.captureId === null);
			return alone ? [alone] : await byCapture.getAll(key);
		}),
	);
	return rows.flatMap((capture) => capture.filter(({ supersededBy }) => supersededBy === null).map(withoutOwnColumns));
}

/** One row of each of the newest captures. */
async function recentIn(transaction: Reading, place: string, limit: number): Promise<RecordRow[]> {
	const found = new Map<string, RecordRow>();
	const range = IDBKeyRange.bound([place], [place, []]);
	let cursor = await transaction.objectStore("records").index("byWorkspaceUpdated").openCursor(range, "prev");
	while (cursor && found.size < limit) {
		const row = cursor.value;
		if (row.supersededBy === null && !found.has(captureKey(row))) found.set(captureKey(row), row);
		cursor = await cursor.continue();
	}
	return [...found.values()];
}

type UrlQuery = { url: string; targetId: string | undefined };

export async function byUrl(transaction: Reading, places: readonly string[], query: UrlQuery): Promise<LocalRecord[]> {
	const rows = await transaction.objectStore("records").index("byNormalUrl").getAll(query.url);
	return rows
		.filter((row) => places.includes(row.workspaceId))
		.filter((row) => query.targetId === undefined || row.targetId === query.targetId)
		.sort((a, b) => b.updatedAt - a.updatedAt)
		.map(withoutOwnColumns);
}

/** Ids are UUIDv7, so their order is the order of capture, and an index keeps equal keys in it. */
export async function unsettled(
	transaction: Reading,
	places: readonly string[],
	limit: number,
): Promise<LocalRecord[]> {
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

export async function counts(transaction: Reading, places: readonly string[]): Promise<OutboxCounts> {
	const index = transaction.objectStore("records").index("byWorkspaceStanding");
	const count = async (standing: Standing) =>
		sum(await Promise.all(places.map((place) => index.count([place, standing]))));
	const [waiting, needsYou] = await Promise.all([count("waiting"), count("needs_you")]);
	return { waiting, needsYou };
}

/** By record, before which moment its unsent operation is not sent (epoch milliseconds): what waits out a back-off. */
export async function dueTimes(transaction: Reading, places: readonly string[]): Promise<Record<string, number>> {
	const byPlace = transaction.objectStore("entries").index("byWorkspaceDue");
	const waiting = (place: string) => IDBKeyRange.bound([place, "waiting", Date.now()], [place, "waiting", []], true);
	const entries = await Promise.all(places.map((place) => byPlace.getAll(waiting(place))));
	return Object.fromEntries(entries.flat().map(({ recordId, notBefore }) => [recordId, notBefore]));
}

/** What is on its way is not counted: it is leaving. */
export async function unsentElsewhere(transaction: Reading, places: readonly string[]): Promise<number> {
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
