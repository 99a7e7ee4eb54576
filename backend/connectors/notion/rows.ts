import type { TableField } from "../../contract/connections.ts";
import type { ConnectorCall, PushTarget, RemoteRow } from "../connector.ts";
import { type Answer, type ApiSettings, ask, compactId, isNotionId } from "./api.ts";
import { cellOf } from "./cells.ts";
import { type PageReply, PropertyItemsReply, type PropertyValue, QueryReply } from "./replies.ts";
import { splitText } from "./text-runs.ts";

/** A page object holds the first 25 entries of a value (page property endpoint); with so many there may be more. */
const maxEntriesInPage = 25;
const listTypes = new Set(["title", "rich_text", "relation", "people"]);
/** 100 rows each; more than this of one key, or entries of one cell, is an answer that never ends. */
const maxPages = 100;

type Key = Readonly<Record<string, unknown>>;

/** Pages with these match keys, each compared exactly: Notion's `equals` is not documented to mind case or blanks. */
export async function findByKeys(
	settings: ApiSettings,
	call: ConnectorCall,
	wanted: { target: PushTarget; keys: readonly Key[] },
): Promise<Answer<PageReply[]>> {
	const { target, keys } = wanted;
	const columns = target.columns.filter((column) => target.matchKey.includes(column.id));
	// Without its columns a filter would match every row of the table.
	if (columns.length < target.matchKey.length) return { ok: false, trouble: { kind: "column_missing" } };
	if (keys.length === 0) return { ok: true, value: [] };
	const filters = keys.map((key) => allOf(columns.map((column) => filterOf(column, key[column.id]))));
	const filter = filters.length === 1 ? filters[0] : { or: filters };
	const known = new Set(keys.map((key) => keyText(columns, key)));
	const pages: PageReply[] = [];
	let cursor: string | null = null;
	for (let page = 0; page < maxPages; page += 1) {
		const answer: Answer<(typeof QueryReply)["static"]> = await query(settings, call, {
			tableId: target.tableId,
			body: { filter, ...(cursor === null ? {} : { start_cursor: cursor }) },
		});
		if (!answer.ok) return answer;
		pages.push(...answer.value.results.filter((found) => !isTrashed(found)));
		cursor = answer.value.has_more ? answer.value.next_cursor : null;
		if (cursor === null) break;
	}
	return { ok: true, value: pages.filter((found) => known.has(keyText(columns, cellsOf(found, columns)))) };
}

export async function query(
	settings: ApiSettings,
	call: ConnectorCall,
	wanted: { tableId: string; body: Record<string, unknown> },
): Promise<Answer<(typeof QueryReply)["static"]>> {
	if (!isNotionId(wanted.tableId)) return { ok: false, trouble: { kind: "missing" } };
	const path = `data_sources/${wanted.tableId}/query`;
	return ask(settings, call, { method: "post", path, body: { page_size: 100, ...wanted.body }, reply: QueryReply });
}

function allOf(filters: readonly Record<string, unknown>[]): Record<string, unknown> {
	const [only] = filters;
	return filters.length === 1 && only !== undefined ? only : { and: filters };
}

function filterOf({ id, providerType }: TableField, cell: unknown): Record<string, unknown> {
	if (cell === null || cell === undefined) return { property: id, [providerType]: { is_empty: true } };
	const [start, ...rest] = typeof cell === "string" ? splitText(cell) : [];
	// What is asked for may be no longer than one run; the comparison afterwards looks at all of it.
	const asked = rest.length === 0 ? { equals: cell } : { starts_with: start };
	return { property: id, [providerType]: asked };
}

/** The key as text, so that keys can be compared and looked up. */
function keyText(columns: readonly TableField[], cells: Key): string {
	return JSON.stringify(columns.map(({ id }) => cells[id] ?? null));
}

export function isTrashed({ in_trash, archived }: PageReply): boolean {
	return in_trash === true || archived === true;
}

export function belongsTo({ parent }: PageReply, tableId: string): boolean {
	return parent.data_source_id !== undefined && compactId(parent.data_source_id) === compactId(tableId);
}

/** The page's cells in these columns; empty ones are absent. */
function cellsOf(page: PageReply, columns: readonly TableField[]): Record<string, unknown> {
	const wanted = new Set(columns.map((column) => column.id));
	const cells = Object.values(page.properties)
		.filter((value) => wanted.has(value.id))
		.map((value) => [value.id, cellOf(value)] as const);
	return Object.fromEntries(cells.filter(([, cell]) => cell !== undefined));
}

/** A page as a row, with the values that its page object cuts short read whole. */
export async function rowOf(
	settings: ApiSettings,
	call: ConnectorCall,
	read: { page: PageReply; columns: readonly TableField[] },
): Promise<Answer<RemoteRow>> {
	const { page, columns } = read;
	const cells = cellsOf(page, columns);
	for (const value of Object.values(page.properties)) {
		if (cells[value.id] === undefined || !isCut(value)) continue;
		const whole = await wholeValue(settings, call, { pageId: page.id, value });
		if (!whole.ok) return whole;
		cells[value.id] = cellOf(whole.value);
	}
	return { ok: true, value: { remoteId: compactId(page.id), cells, changedAt: page.last_edited_time } };
}

function entriesIn(value: PropertyValue): unknown {
	return Object.entries(value).find(([key]) => key === value.type)?.[1];
}

function isCut(value: PropertyValue): boolean {
	const entries = entriesIn(value);
	return listTypes.has(value.type) && Array.isArray(entries) && entries.length >= maxEntriesInPage;
}

async function wholeValue(
	settings: ApiSettings,
	call: ConnectorCall,
	cut: { pageId: string; value: PropertyValue },
): Promise<Answer<PropertyValue>> {
	const { pageId, value } = cut;
	const entries: unknown[] = [];
	let cursor: string | null = null;
	for (let page = 0; page < maxPages; page += 1) {
		const answer: Answer<(typeof PropertyItemsReply)["static"]> = await ask(settings, call, {
			method: "get",
			path: `pages/${pageId}/properties/${value.id}`,
			query: { page_size: 100, ...(cursor === null ? {} : { start_cursor: cursor }) },
			reply: PropertyItemsReply,
		});
		if (!answer.ok) return answer;
		entries.push(...answer.value.results.map(entriesIn));
		cursor = answer.value.has_more ? answer.value.next_cursor : null;
		if (cursor === null) break;
	}
	return { ok: true, value: { ...value, [value.type]: entries } };
}
