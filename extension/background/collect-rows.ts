import type { RowsRead, TableColumn, TableRow, TablesReply, TablesRequest } from "../capture/tables/types.ts";
import type { Collection, CollectionEnd } from "../settings/collections.ts";

/** What the collector needs of the browser; each answers in bounded time and none rejects, but `storeChunk`. */
export type CollectDeps = {
	ask: (tabId: number, request: TablesRequest) => Promise<TablesReply>;
	/** Opens the address in the tab and waits until it has loaded, or for as long as a page may take. */
	goTo: (tabId: number, url: string) => Promise<void>;
	/** Waits for the document that is on its way in the tab. */
	settled: (tabId: number) => Promise<void>;
	save: (collection: Collection) => Promise<void>;
	/** Rejects when no more fits. */
	storeChunk: (collection: Collection, rows: TableRow[]) => Promise<void>;
};

const ends: Record<string, CollectionEnd> = {
	"no-table": "no-table",
	"not-readable": "not-readable",
	hidden: "hidden",
	stopped: "stopped",
};

const endOf = (reason: string): CollectionEnd => ends[reason] ?? "no-answer";

/** The columns so far with those of newer rows; `filled` is counted over all rows. */
export const joinColumns = (known: Collection, columns: TableColumn[], fresh: TableRow[]): TableColumn[] => {
	const total = known.rows + fresh.length;
	const has = new Set(known.columns.map(({ id }) => id));
	const added = columns.filter(({ id }) => !has.has(id)).map((column) => ({ ...column, filled: 0 }));
	return [...known.columns, ...added].map((column) => {
		const count = fresh.filter(({ cells }) => Object.hasOwn(cells, column.id)).length;
		return { ...column, filled: total === 0 ? 0 : (column.filled * known.rows + count) / total };
	});
};

/** One collection at work: `state` is the last that was saved. */
type Work = { state: Collection; seen: Set<string>; visited: Set<string>; deps: CollectDeps; signal: AbortSignal };

const update = async (work: Work, change: Partial<Collection>): Promise<void> => {
	work.state = { ...work.state, ...change };
	await work.deps.save(work.state);
};

/** Takes in the rows that were not there yet. @returns how many, or why nothing more can be taken. */
const takeIn = async (work: Work, reply: RowsRead): Promise<number | "full"> => {
	const { state, seen } = work;
	const fresh = reply.rows.filter(({ id }) => !seen.has(id)).slice(0, state.limit.rows - state.rows);
	const columns = joinColumns(state, reply.columns, fresh);
	const at = { pages: state.pages + 1, url: reply.url };
	if (fresh.length === 0) {
		await update(work, at);
		return 0;
	}
	try {
		await work.deps.storeChunk(state, fresh);
	} catch {
		return "full";
	}
	for (const { id } of fresh) seen.add(id);
	await update(work, { ...at, columns, rows: state.rows + fresh.length, chunks: state.chunks + 1 });
	return fresh.length;
};

/** What is under way when Stop is pressed is not waited for: its rows stay on the page, and are read when it goes on. */
const untilStopped = async ({ signal }: Work, step: Promise<TablesReply | null>): Promise<TablesReply | null> => {
	let stopped = (): void => undefined;
	const stop = new Promise<TablesReply>((resolve) => {
		stopped = () => resolve({ ok: false, reason: "stopped" });
		if (signal.aborted) stopped();
		signal.addEventListener("abort", stopped);
	});
	try {
		return await Promise.race([stop, step]);
	} finally {
		signal.removeEventListener("abort", stopped);
	}
};

const readAgain = (work: Work): Promise<TablesReply> =>
	work.deps.ask(work.state.tabId, { do: "read", table: work.state.table, limit: work.state.limit.rows });

/** Presses or scrolls. What was pressed may have been a way to another document: then that one is read. */
const advance = async (work: Work): Promise<TablesReply> => {
	const { deps, state } = work;
	const reply = await deps.ask(state.tabId, {
		do: "advance",
		table: state.table,
		limit: state.limit.rows - state.rows,
	});
	if (reply.ok || reply.reason !== "document-changed") return reply;
	await deps.settled(state.tabId);
	return await readAgain(work);
};

/** Gets to the rows after `reply`'s. Null: there are none. */
const further = async (work: Work, reply: RowsRead): Promise<TablesReply | null> => {
	const { deps, state, visited } = work;
	if (reply.next === null) return null;
	if (reply.next !== "link") return await advance(work);
	// A last page that names itself, or the first one, as the next would go round for ever.
	if (reply.nextUrl === null || visited.has(reply.nextUrl)) return null;
	visited.add(reply.nextUrl);
	await deps.goTo(state.tabId, reply.nextUrl);
	return await readAgain(work);
};

const limitMet = ({ rows, pages, limit }: Collection): CollectionEnd | null => {
	if (rows >= limit.rows) return "rows";
	return pages >= limit.pages ? "pages" : null;
};

const gather = async (work: Work): Promise<CollectionEnd> => {
	// One that goes on in a document that was loaded anew comes by its own pages once more.
	const known = work.state.pages;
	let reply = await untilStopped(work, readAgain(work));
	for (let round = 0; ; round += 1) {
		if (reply === null) return "last-page";
		if (!reply.ok) return endOf(reply.reason);
		if (!("rows" in reply)) return "no-answer";
		const taken = await takeIn(work, reply);
		if (taken === "full") return "full";
		if (taken === 0 && round > known) return "last-page";
		const limit = limitMet(work.state);
		if (limit !== null) return limit;
		reply = await untilStopped(work, further(work, reply));
	}
};

export type CollectOptions = {
	/** The ids of the rows it has already. */
	seen: Iterable<string>;
	signal: AbortSignal;
};

/**
 * Gathers rows until there are no more, a limit is met or the signal says stop; every page is stored before the next is asked
 * for, so that what is there when it ends, however it ends, is kept. Never rejects but when the state cannot be saved.
 * @returns the collection as it was last saved, with its end.
 */
export async function collectRows(
	start: Collection,
	deps: CollectDeps,
	{ seen, signal }: CollectOptions,
): Promise<Collection> {
	const work: Work = { state: start, seen: new Set(seen), visited: new Set([start.url]), deps, signal };
	const end = await gather(work);
	await update(work, { end });
	return work.state;
}
