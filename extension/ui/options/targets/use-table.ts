import { useEffect, useState } from "preact/hooks";
import type { Table, TableField } from "../../../../backend/contract/connections.ts";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import { useWorld } from "../context.ts";
import { tableKey } from "./choose-table.ts";
import { useReturns } from "./use-returns.ts";

/**
 * A table with the columns that were made while it is edited: by a button here, which are there at once, or at the provider, which
 * are there when the person comes back. What cannot be asked then stays as it was.
 */
export function useTable<Found extends Table | null>(
	connectionId: string,
	found: Found,
): [Found, (columns: TableField[]) => void] {
	const { client } = useWorld();
	const returns = useReturns();
	const [made, setMade] = useState<TableField[]>([]);
	const [anew, setAnew] = useState<Table[]>([]);
	useEffect(() => {
		if (returns === 0) return;
		let left = false;
		const keep = (tables: Table[]) => left || setAnew(tables);
		client.connectionTables(connectionId).then(keep, () => undefined);
		return () => {
			left = true;
		};
	}, [returns, connectionId, client]);
	const now = found === null ? null : (anew.find((table) => tableKey(table) === tableKey(found)) ?? found);
	const table = now === null ? found : { ...found, fields: withMissing(now.fields, made) };
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
