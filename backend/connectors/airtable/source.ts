import type { TableField } from "../../contract/connections.ts";
import type { SourceColumn, SourcePlace, SourceRow, SourceSchema } from "../../contract/sources.ts";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import type { Source, SourcePage, SourceQuery } from "../source.ts";
import { fieldOf, fieldTypeOf, operatorsFor } from "../source-values.ts";
import type { ApiSettings } from "./api.ts";
import { sourceFailure } from "./failure.ts";
import { tableField } from "./field-types.ts";
import type { FieldEntry, RowEntry } from "./replies.ts";
import { type Listing, listPage, readTables } from "./rows.ts";
import { sourceFormula } from "./source-formula.ts";

/** Airtable gives no more. */
const maxPage = 100;

export function airtableSource(settings: ApiSettings): Source {
	return {
		schema: (call, place) => schema(settings, call, place),
		list: (call, place, query) => list(settings, call, { place, query }),
		advice:
			"Grant the token only the bases Sheaf is to read. To read alone, data.records:read and schema.bases:read are enough.",
	};
}

async function schema(
	settings: ApiSettings,
	call: ConnectorCall,
	{ containerId, tableId }: SourcePlace,
): Promise<ConnectorResult<SourceSchema>> {
	const tables = await readTables(settings, call, containerId);
	if (!tables.ok) return sourceFailure(settings.title, tables.trouble);
	const table = tables.value.find(({ id }) => id === tableId);
	if (table === undefined) return sourceFailure(settings.title, { kind: "table_missing" });
	return { kind: "ok", value: { columns: table.fields.map(sourceColumn), needsKey: false } };
}

const searchable = new Set<TableField["type"]>(["text", "long_text", "rich_text", "url", "email", "phone", "select"]);
/** Kinds of Airtable's whose cells are dates although nobody can write them. */
const computedDates = new Set(["createdTime", "lastModifiedTime"]);

function sourceColumn(entry: FieldEntry): SourceColumn {
	const { id, name, type: kind, providerType, options } = tableField(entry, false);
	const type = computedDates.has(providerType) ? "date" : fieldTypeOf(kind);
	// What is computed may be of any type, which a formula would trip over; how files and linked rows read as text is not documented.
	const isOpaque = ["unsupported", "attachment", "link"].includes(kind);
	return {
		id,
		name,
		type,
		providerType,
		key: false,
		searchable: searchable.has(kind),
		operators: isOpaque ? [] : operatorsFor(type),
		...(options === undefined ? {} : { options }),
	};
}

/**
 * A page of at most 100 rows. Airtable forgets where a listing was after a while; it then begins anew, which shows rows again and leaves
 * none out.
 */
async function list(
	settings: ApiSettings,
	call: ConnectorCall,
	{ place, query }: { place: SourcePlace; query: SourceQuery },
): Promise<ConnectorResult<SourcePage>> {
	const { cursor, columns, limit } = query;
	const formula = sourceFormula(query);
	const listing: Listing = {
		fields: columns.map(({ id }) => id),
		pageSize: Math.min(limit, maxPage),
		...(formula === null ? {} : { formula }),
	};
	let answer = await listPage(settings, call, {
		place,
		listing: cursor === null ? listing : { ...listing, offset: cursor },
	});
	if (!answer.ok && answer.trouble.kind === "place_lost" && cursor !== null) {
		answer = await listPage(settings, call, { place, listing });
	}
	if (!answer.ok) return sourceFailure(settings.title, answer.trouble);
	const { records, offset } = answer.value;
	return {
		kind: "ok",
		value: { rows: records.map((entry) => sourceRow(entry, columns)), cursor: offset ?? null },
	};
}

function sourceRow({ id, fields: cells }: RowEntry, columns: readonly SourceColumn[]): SourceRow {
	const fields: SourceRow["fields"] = {};
	for (const column of columns) {
		const field = fieldOf(cells[column.id], column.type);
		if (field !== undefined) fields[column.id] = field;
	}
	return { externalId: id, fields, changedAt: null };
}
