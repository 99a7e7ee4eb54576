import type { Fields } from "../../contract/fields.ts";
import type { SourceRow, SourceSchema } from "../../contract/sources.ts";
import { sourceColumn, valueIn } from "./columns.ts";
import { type EntityTable, keyOf } from "./entities.ts";
import type { Entity } from "./replies.ts";

export function schemaOf(table: EntityTable): SourceSchema {
	return { columns: table.columns.map(sourceColumn), needsKey: false };
}

/** Entries as rows. One without its id is none: nothing would tell it apart at the next listing. */
export function rowsOf(table: EntityTable, entries: readonly Entity[]): SourceRow[] {
	return entries.flatMap((entry) => {
		const externalId = keyOf(table, entry);
		return externalId === null ? [] : [{ externalId, fields: fieldsOf(table, entry), changedAt: null }];
	});
}

function fieldsOf(table: EntityTable, entry: Entity): Fields {
	const fields: Fields = {};
	for (const column of table.columns) {
		const value = valueIn(entry, column);
		if (value !== null) fields[column.path] = value;
	}
	return fields;
}
