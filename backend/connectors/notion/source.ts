import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { TableField } from "../../contract/connections.ts";
import type { SourceColumn, SourcePlace, SourceRow, SourceSchema } from "../../contract/sources.ts";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import type { Source, SourcePage, SourceQuery } from "../source.ts";
import { fieldOf, fieldTypeOf, operatorsFor } from "../source-values.ts";
import type { ApiSettings } from "./api.ts";
import { getDataSource } from "./discover.ts";
import { sourceFailure } from "./failure.ts";
import { tableFields } from "./property-types.ts";
import { query as queryRows, rowOf } from "./rows.ts";
import { sourceFilter } from "./source-filter.ts";

/** Notion gives no more. */
const maxPage = 100;

export function notionSource(settings: ApiSettings): Source {
	return {
		schema: (call, place) => schema(settings, call, place),
		list: (call, place, query) => list(settings, call, { place, query }),
		advice: "Share only the databases that Sheaf is to read. To read alone, the capability to read content is enough.",
	};
}

async function schema(
	settings: ApiSettings,
	call: ConnectorCall,
	{ tableId }: SourcePlace,
): Promise<ConnectorResult<SourceSchema>> {
	const source = await getDataSource(settings, call, tableId);
	if (!source.ok) return sourceFailure(source.trouble);
	// The page under a row and what Notion computes are not read.
	const columns = tableFields(source.value.properties).filter(({ providerType, type }) => {
		return providerType !== "page_body" && type !== "unsupported";
	});
	return { kind: "ok", value: { columns: columns.map(sourceColumn), needsKey: false } };
}

const searchable = new Set(["title", "rich_text", "url", "email", "phone_number"]);

function sourceColumn({ id, name, type: kind, providerType, options }: TableField): SourceColumn {
	const type = fieldTypeOf(kind);
	const isOpaque = kind === "attachment" || kind === "link";
	return {
		id,
		name,
		type,
		providerType,
		key: false,
		searchable: searchable.has(providerType),
		operators: operatorsFor(type).filter(
			(operator) => !isOpaque && !(operator === "contains" && ["select", "status"].includes(providerType)),
		),
		...(options === undefined ? {} : { options }),
	};
}

/** `from`: when the window begins; `at`: Notion's own cursor inside the window. */
const Cursor = Type.Object({
	from: Type.Union([Type.String(), Type.Null()]),
	at: Type.Union([Type.String(), Type.Null()]),
});
type Cursor = (typeof Cursor)["static"];

/**
 * At most 100 rows, the oldest first. Each page begins at the moment the last row of the one before was made, for Notion does not say where
 * its own cursor stands once rows were deleted, and one query of its ends after 10,000 rows. Rows of that minute come twice, which a
 * source's rows, being one per id, do not mind. Inside of one minute Notion's cursor has to do.
 */
async function list(
	settings: ApiSettings,
	call: ConnectorCall,
	{ place, query }: { place: SourcePlace; query: SourceQuery },
): Promise<ConnectorResult<SourcePage>> {
	const { from, at } = readCursor(query.cursor);
	const filter = sourceFilter(query, from);
	const answer = await queryRows(settings, call, {
		tableId: place.tableId,
		body: {
			page_size: Math.min(query.limit, maxPage),
			sorts: [{ timestamp: "created_time", direction: "ascending" }],
			...(filter === null ? {} : { filter }),
			...(at === null ? {} : { start_cursor: at }),
		},
	});
	if (!answer.ok) return sourceFailure(answer.trouble);
	const { results, has_more: hasMore, next_cursor: next, request_status: status } = answer.value;
	const rows: SourceRow[] = [];
	const columns = query.columns.map(asTableField);
	for (const found of results) {
		const row = await rowOf(settings, call, { page: found, columns });
		if (!row.ok) return sourceFailure(row.trouble);
		const { remoteId, cells, changedAt } = row.value;
		rows.push({ externalId: remoteId, fields: fieldsOf(cells, query.columns), changedAt });
	}
	const lastMade = results.at(-1)?.created_time;
	if (hasMore && next !== null) {
		const isOneMinute = lastMade === undefined || lastMade === results[0]?.created_time || lastMade === from;
		return page(rows, isOneMinute ? { from, at: next } : { from: lastMade, at: null });
	}
	if (status?.type !== "incomplete" || lastMade === undefined) return page(rows, null);
	return lastMade === from ? endless() : page(rows, { from: lastMade, at: null });
}

function fieldsOf(cells: Readonly<Record<string, unknown>>, columns: readonly SourceColumn[]): SourceRow["fields"] {
	const fields: SourceRow["fields"] = {};
	for (const { id, type, providerType } of columns) {
		// Notion's own files are under an address that ends after an hour: nothing that stays.
		const cell = providerType === "files" ? lasting(cells[id]) : cells[id];
		const field = fieldOf(cell, type);
		if (field !== undefined) fields[id] = field;
	}
	return fields;
}

/** Addresses without what signs them for an hour. */
function lasting(cell: unknown): string[] {
	const addresses = Array.isArray(cell) ? cell.filter((entry) => typeof entry === "string") : [];
	return addresses.map((address) => (/[?&]X-Amz-/i.test(address) ? (address.split("?")[0] ?? address) : address));
}

function asTableField({ id, name, providerType }: SourceColumn): TableField {
	return { id, name, type: "text", providerType, writable: false, matchable: false };
}

function page(rows: SourceRow[], cursor: Cursor | null): ConnectorResult<SourcePage> {
	return { kind: "ok", value: { rows, cursor: cursor === null ? null : JSON.stringify(cursor) } };
}

/** A cursor that is not ours begins anew. */
function readCursor(text: string | null): Cursor {
	try {
		const cursor: unknown = JSON.parse(text ?? "null");
		if (Value.Check(Cursor, cursor)) return cursor;
	} catch {
		// Not JSON, so not ours.
	}
	return { from: null, at: null };
}

/** Said instead of leaving rows out. */
function endless(): ConnectorResult<SourcePage> {
	return {
		kind: "refused",
		reason: "delivery/refused",
		message:
			"More than 10,000 rows of this table were made within one minute, and Notion lists only the first of them. Split the table in Notion.",
	};
}
