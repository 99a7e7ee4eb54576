import type { ConnectorCall } from "../connector.ts";
import { type Answer, type ApiSettings, ask } from "./api.ts";
import { type RowEntry, RowsReply, type TableEntry, TablesReply } from "./replies.ts";

export type TablePlace = { containerId: string; tableId: string };

export type Listing = {
	formula?: string;
	/** Ids of the columns to answer; all when left out. */
	fields?: readonly string[];
	offset?: string;
	/** Rows on a page, at most 100; 100 when left out. */
	pageSize?: number;
	maxRecords?: number;
	/** Id of the column to sort by, ascending. */
	sortBy?: string;
};

/** Airtable takes no longer address; the same listing goes by POST then. */
const longestUrl = 16_000;
/** 100 rows each. More pages of one look-up is a provider that never ends its list. */
const maxPages = 100;

export function tablePath({ containerId, tableId }: TablePlace): string {
	return `/${encodeURIComponent(containerId)}/${encodeURIComponent(tableId)}`;
}

/** One page of at most 100 rows, cells by column id. */
export async function listPage(
	settings: ApiSettings,
	call: ConnectorCall,
	{ place, listing }: { place: TablePlace; listing: Listing },
): Promise<Answer<{ records: RowEntry[]; offset?: string }>> {
	const path = tablePath(place);
	const byAddress = `${path}?${queryOf(listing).toString()}`;
	if (settings.apiUrl.length + byAddress.length <= longestUrl) {
		return ask(settings, call, { method: "GET", path: byAddress, reply: RowsReply });
	}
	const { formula, fields, offset, pageSize, maxRecords, sortBy } = listing;
	const json = {
		returnFieldsByFieldId: true,
		...(formula === undefined ? {} : { filterByFormula: formula }),
		...(fields === undefined ? {} : { fields }),
		...(offset === undefined ? {} : { offset }),
		...(pageSize === undefined ? {} : { pageSize }),
		...(maxRecords === undefined ? {} : { maxRecords }),
		...(sortBy === undefined ? {} : { sort: [{ field: sortBy, direction: "asc" }] }),
	};
	return ask(settings, call, { method: "POST", path: `${path}/listRecords`, json, reply: RowsReply });
}

/** All rows of a listing, page by page. */
export async function listAll(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { place: TablePlace; listing: Listing },
): Promise<Answer<RowEntry[]>> {
	const rows: RowEntry[] = [];
	let { listing } = work;
	for (let page = 0; page < maxPages; page += 1) {
		const answer = await listPage(settings, call, { place: work.place, listing });
		if (!answer.ok) return answer;
		rows.push(...answer.value.records);
		if (answer.value.offset === undefined) break;
		listing = { ...listing, offset: answer.value.offset };
	}
	return { ok: true, value: rows };
}

/** The tables of a base as they are now. */
export async function readTables(
	settings: ApiSettings,
	call: ConnectorCall,
	containerId: string,
): Promise<Answer<TableEntry[]>> {
	const path = `/meta/bases/${encodeURIComponent(containerId)}/tables`;
	const answer = await ask(settings, call, { method: "GET", path, reply: TablesReply });
	return answer.ok ? { ok: true, value: answer.value.tables } : answer;
}

function queryOf({ formula, fields = [], offset, pageSize, maxRecords, sortBy }: Listing): URLSearchParams {
	const query = new URLSearchParams({ returnFieldsByFieldId: "true" });
	if (formula !== undefined) query.set("filterByFormula", formula);
	for (const id of fields) query.append("fields[]", id);
	if (offset !== undefined) query.set("offset", offset);
	if (pageSize !== undefined) query.set("pageSize", String(pageSize));
	if (maxRecords !== undefined) query.set("maxRecords", String(maxRecords));
	if (sortBy !== undefined) {
		query.set("sort[0][field]", sortBy);
		query.set("sort[0][direction]", "asc");
	}
	return query;
}
