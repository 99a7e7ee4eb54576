import { useState } from "preact/hooks";
import type { Table, TableField } from "../../../../backend/contract/connections.ts";
import type { TargetView } from "../../../../backend/contract/targets.ts";

/** A table with the columns that were made while it is looked at: they are there at once, without asking for all of it again. */
export function useTable<Found extends Table | null>(found: Found): [Found, (columns: TableField[]) => void] {
	const [made, setMade] = useState<TableField[]>([]);
	const table = found === null ? found : { ...found, fields: withMissing(found.fields, made) };
	return [table, (columns) => setMade((before) => withMissing(before, columns))];
}

/** A message's columns are those that a mapping names; asked for anew, its table tells only of the usual ones. */
export function withNamed(table: Table, columns: TargetView["columns"]): Table {
	if (!table.takesAnyColumn) return table;
	const named = columns.map(({ id, name }): TableField => ({ id, name, ...untyped }));
	return { ...table, fields: withMissing(table.fields, named) };
}

const untyped = { type: "text", providerType: "any", writable: true, matchable: true } as const;

function withMissing(fields: readonly TableField[], more: readonly TableField[]): TableField[] {
	return [...fields, ...more.filter(({ id }) => !fields.some((field) => field.id === id))];
}
