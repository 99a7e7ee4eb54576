import type { SourcePlace, SourceSchema } from "../../contract/sources.ts";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import type { SourcePage, SourceQuery } from "../source.ts";
import { isMeant } from "../source-matching.ts";
import { type EntityTable, spCampaigns, tablesOf } from "./entities.ts";
import { failureOf, profileNeeded, tableGone } from "./failure.ts";
import { askPage } from "./pages.ts";
import { type AmazonAddresses, readProfileId } from "./regions.ts";
import { listReport } from "./report.ts";
import { rowsOf, schemaOf } from "./rows.ts";

export type SourceOptions = { addresses: AmazonAddresses; dsp: boolean; now: () => number };

/**
 * Amazon's interface describes no columns, so they are known without asking. One entry is asked for all the same: whoever chooses a table
 * is told now, and not while it is read, that the account or the client is not let at it.
 */
export async function schema(
	options: SourceOptions,
	call: ConnectorCall,
	place: SourcePlace,
): Promise<ConnectorResult<SourceSchema>> {
	const table = tableAt(place, options.dsp);
	if (table === undefined) return tableGone();
	const at = readProfileId(place.profileId);
	if (at === null) return profileNeeded();
	const known = schemaOf(table);
	// A report takes minutes to be made; the campaigns it is about tell the same at once.
	const paging = table.paging.by === "report" ? spCampaigns.paging : table.paging;
	const query = { cursor: null, filter: [], search: null, limit: 1, columns: known.columns, schema: known };
	const answer = await askPage({ addresses: options.addresses, call, at, query }, paging);
	return answer.ok ? { kind: "ok", value: known } : failureOf(answer.trouble);
}

export async function list(
	options: SourceOptions,
	call: ConnectorCall,
	{ place, query }: { place: SourcePlace; query: SourceQuery },
): Promise<ConnectorResult<SourcePage>> {
	const table = tableAt(place, options.dsp);
	if (table === undefined) return tableGone();
	const at = readProfileId(place.profileId);
	if (at === null) return profileNeeded();
	const { paging } = table;
	if (paging.by === "report") return await listReport(options, call, { table, at, query });
	const answer = await askPage({ addresses: options.addresses, call, at, query }, paging);
	if (!answer.ok) return failureOf(answer.trouble);
	const { entries, next, total } = answer.value;
	const rows = rowsOf(table, entries).filter((row) => isMeant(row, query));
	const isWhole = query.cursor === null && query.search === null && query.filter.length === 0;
	return { kind: "ok", value: { rows, cursor: next, ...(isWhole && total !== undefined ? { total } : {}) } };
}

function tableAt({ tableId }: SourcePlace, dsp: boolean): EntityTable | undefined {
	return tablesOf(dsp).find(({ id }) => id === tableId);
}
