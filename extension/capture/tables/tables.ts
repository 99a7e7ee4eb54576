import { unclobbered } from "../unclobbered.ts";
import { bounds } from "./bounds.ts";
import { findAgain, findSheets } from "./find-sheets.ts";
import type { Found } from "./found.ts";
import { type Control, findControls, findOnward, type Onward } from "./next-page.ts";
import { isVirtual, scrollOn } from "./scroll-on.ts";
import type { FoundTable, RowsRead, TableColumn, TableRow, TableShape, TablesReply, TablesRequest } from "./types.ts";
import { waitFor } from "./wait-for.ts";

/** The page that the script stands in. */
export type TablesPage = { document: Document; window: Window };

/** Rows of a table as it was found in the document they were read from. */
type Rows = { found: Found; columns: TableColumn[]; rows: TableRow[] };

/** One document's tables: the rows of each that were handed over. */
type Reader = TablesPage & { seen: Map<string, Set<string>> };

/** The page as it is read. One that hides the document's own properties is read from a copy, in which nothing can be pressed. */
const readable = ({ document, window }: TablesPage) => ({ document: unclobbered(document), url: window.location.href });

const onwardOf = (page: TablesPage, { items }: Found, controls?: readonly Control[]): Onward => {
	const read = readable(page);
	const place = { ...read, items, controls: controls ?? findControls(read.document) };
	return findOnward(place) ?? (isVirtual(items) ? { by: "scroll" } : null);
};

const describe = (page: TablesPage, found: Found, controls: readonly Control[]): FoundTable => ({
	id: found.id,
	kind: found.kind,
	title: found.title,
	columns: found.columns,
	rows: found.rows.slice(0, bounds.shownRows),
	total: found.total,
	next: onwardOf(page, found, controls)?.by ?? null,
});

const again = (page: TablesPage, table: TableShape): Found | null => findAgain(readable(page), table);

const handOver = (reader: Reader, table: TableShape, { found, columns, rows }: Rows): RowsRead => {
	const seen = reader.seen.get(table.id) ?? new Set<string>();
	for (const { id } of rows) seen.add(id);
	reader.seen.set(table.id, seen);
	const onward = onwardOf(reader, found);
	const nextUrl = onward?.by === "link" ? onward.url : null;
	return { ok: true, url: reader.window.location.href, columns, rows, next: onward?.by ?? null, nextUrl };
};

const fit = (limit: number): number => Math.max(1, Math.min(limit, bounds.rows));

const rowsOf = (found: Found | null, table: TableShape, limit: number): Rows | null =>
	found === null ? null : { found, ...found.read(limit, table.columns) };

/** Rows that were not handed over yet, or null. */
const fresh = (reader: Reader, table: TableShape, found = again(reader, table)): Rows | null => {
	const seen = reader.seen.get(table.id);
	const all = rowsOf(found, table, bounds.rows);
	const rows = all?.rows.filter(({ id }) => seen?.has(id) !== true) ?? [];
	return all === null || rows.length === 0 ? null : { ...all, rows };
};

const read = async (reader: Reader, table: TableShape, limit: number): Promise<TablesReply> => {
	const look = (): Rows | null => rowsOf(again(reader, table), table, fit(limit));
	const rows = await waitFor(reader.document, look, bounds.drawMs);
	return rows === null ? { ok: false, reason: "no-table" } : handOver(reader, table, rows);
};

type Advance = Extract<TablesRequest, { do: "advance" }>;

/** Down a list, some screens at a time where its rows come and go, until there are new ones or no further down. */
const scroll = async (reader: Reader, { table, limit }: Advance, start: Found): Promise<Rows | null> => {
	const most = Math.min(fit(limit), bounds.screenRows);
	const virtual = isVirtual(start.items);
	const gathered = new Map<string, TableRow>();
	const unread = (): Rows | null => {
		const rows = fresh(reader, table);
		return rows?.rows.some(({ id }) => !gathered.has(id)) === true ? rows : null;
	};
	let last: Rows = { found: start, columns: [...table.columns], rows: [] };
	for (let step = 0; step < bounds.scrolls && gathered.size < most; step += 1) {
		const moved = scrollOn(last.found.items, reader.window, virtual);
		// Where nothing moves any more, what is to come is on its way from the server.
		const rows = await waitFor(reader.document, unread, virtual && moved ? bounds.drawnMs : bounds.waitMs);
		for (const row of rows?.rows ?? []) gathered.set(row.id, row);
		last = rows ?? last;
		if (!virtual || (rows === null && !moved)) break;
	}
	return gathered.size === 0 ? null : { ...last, rows: [...gathered.values()] };
};

const advance = async (reader: Reader, request: Advance): Promise<TablesReply> => {
	const { document } = reader;
	const { table } = request;
	const found = again(reader, table);
	if (found === null) return { ok: false, reason: "no-table" };
	// They came by themselves since: nothing needs to be pressed for them.
	const came = reader.seen.has(table.id) ? fresh(reader, table, found) : null;
	if (came !== null) return handOver(reader, table, came);
	const onward = onwardOf(reader, found);
	let rows: Rows | null = null;
	if (onward?.by === "button") {
		(onward.press as HTMLElement).click();
		rows = await waitFor(document, () => fresh(reader, table), bounds.waitMs);
	} else if (onward?.by === "scroll") {
		rows = await scroll(reader, request, found);
		// Browsers draw nothing in a tab that is not shown, so nothing there notices that it was scrolled.
		if (rows === null && document.visibilityState === "hidden") return { ok: false, reason: "hidden" };
	}
	if (rows !== null) return handOver(reader, table, rows);
	const none: Rows = { found, columns: table.columns, rows: [] };
	return { ...handOver(reader, table, none), next: null, nextUrl: null };
};

const answer = async (reader: Reader, request: TablesRequest): Promise<TablesReply> => {
	if (request.do === "read") return await read(reader, request.table, request.limit);
	if (request.do === "advance") return await advance(reader, request);
	const page = readable(reader);
	const controls = findControls(page.document);
	return { ok: true, url: page.url, tables: findSheets(page).map((found) => describe(reader, found, controls)) };
};

/**
 * What answers requests about one document's tables, for as long as that document lives: it knows which rows it has handed
 * over. Reading changes nothing on the page; `advance` presses and scrolls as a person would. Never rejects.
 */
export const createTables = (page: TablesPage): ((request: TablesRequest) => Promise<TablesReply>) => {
	const reader: Reader = { ...page, seen: new Map() };
	return async (request) => {
		try {
			return await answer(reader, request);
		} catch (error) {
			return { ok: false, reason: error instanceof Error ? error.name : "unknown" };
		}
	};
};
