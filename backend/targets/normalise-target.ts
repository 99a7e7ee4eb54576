import type { Table, TableField } from "../contract/connections.ts";
import type { ConstantEntry, MappingEntry } from "../contract/targets.ts";
import { SheafError } from "../errors.ts";

export type TargetSettings = {
	mapping: readonly MappingEntry[];
	matchKey: readonly string[];
	constants?: readonly ConstantEntry[] | undefined;
};

export type NormalTarget = {
	/** `to` is a column's id. */
	mapping: MappingEntry[];
	/** Column ids, each in the mapping. */
	matchKey: string[];
	/** The mapped columns as they are now, each once. */
	columns: TableField[];
};

const maxMatchColumns = 3;

/**
 * What a person sent against the table as it is: columns named by id or by name become ids, and what cannot work is refused
 * now and not record by record. Pure.
 *
 * @throws SheafError `targets/mapping-invalid`, `targets/match-key-invalid` or `targets/transform-invalid`, with the column in `details`
 */
export function normaliseTarget({ mapping, matchKey, constants = [] }: TargetSettings, table: Table): NormalTarget {
	const [constant] = constants;
	if (constant !== undefined) throw unchangedOnly(constant.to);
	const entries: { from: string; column: TableField }[] = [];
	for (const { from, to, transform = "none" } of mapping) {
		if (transform !== "none") throw unchangedOnly(to);
		const column = mappableColumn(to, table);
		if (!entries.some((entry) => entry.from === from && entry.column.id === column.id)) entries.push({ from, column });
	}
	const mapped = new Map(entries.map(({ column }) => [column.id, column]));
	const known = table.fields.filter(({ id }) => mapped.has(id));
	const columns = [...known, ...[...mapped.values()].filter((column) => !known.some(({ id }) => id === column.id))];
	const keys = new Set(matchKey.map((name) => matchColumn(name, entries, table).id));
	if (keys.size === 0 || keys.size > maxMatchColumns) {
		throw matchKeyInvalid(`The match key is one to ${maxMatchColumns} different columns.`, matchKey.join(", "));
	}
	return { mapping: entries.map(({ from, column }) => ({ from, to: column.id })), matchKey: [...keys], columns };
}

function mappableColumn(name: string, table: Table): TableField {
	const column = columnOf(name, table.fields) ?? (table.takesAnyColumn ? untypedColumn(name) : null);
	if (column === null) throw mappingInvalid(`There is no column “${name}” in the table “${table.name}”.`, name);
	if (!column.writable) {
		throw mappingInvalid(
			`The column “${column.name}” cannot be filled from outside. Take it out of the mapping.`,
			name,
		);
	}
	return column;
}

/** A field of a message that nobody has named before; it takes whatever was captured. */
function untypedColumn(name: string): TableField {
	return { id: name, name, type: "text", providerType: "any", writable: true, matchable: true };
}

function matchColumn(name: string, entries: readonly { from: string; column: TableField }[], table: Table): TableField {
	const mapped = entries.map((entry) => entry.column);
	// A field's name comes after the mapped columns' names: "url" may be both, and then the column is meant.
	const column = columnOf(name, mapped) ?? entries.find(({ from }) => from === name)?.column ?? null;
	if (column === null) {
		const known = columnOf(name, table.fields);
		const message =
			known === null
				? `There is no column “${name}” in the table “${table.name}”.`
				: `The column “${known.name}” is in the match key but no field is mapped to it.`;
		throw matchKeyInvalid(message, name);
	}
	if (!column.matchable) {
		throw matchKeyInvalid(`Rows cannot be told apart by the column “${column.name}”. Choose another one.`, name);
	}
	return column;
}

/** By id, by name, or by a name that is the same but for case, if only one is. */
function columnOf(name: string, columns: readonly TableField[]): TableField | null {
	const exact = columns.find(({ id }) => id === name) ?? columns.find((column) => column.name === name);
	if (exact !== undefined) return exact;
	const folded = fold(name);
	const alike = [...new Set(columns.filter((column) => fold(column.name) === folded))];
	return alike.length === 1 ? (alike[0] ?? null) : null;
}

function fold(name: string): string {
	return name.trim().toLowerCase();
}

/** What the contract has and nothing carries out yet: taken silently, it would be missing from every row. */
function unchangedOnly(column: string): SheafError {
	const message =
		"Values go into their columns as they were captured in this version. Take the steps and fixed values out.";
	return new SheafError("targets/transform-invalid", message, { details: { column } });
}

function mappingInvalid(message: string, column: string): SheafError {
	return new SheafError("targets/mapping-invalid", message, { details: { column } });
}

function matchKeyInvalid(message: string, column: string): SheafError {
	return new SheafError("targets/match-key-invalid", message, { details: { column } });
}

/** @throws SheafError `targets/table-unknown`, also when the id is in several containers and none is named */
export function findTable(
	tables: readonly Table[],
	{ tableId, containerId }: { tableId: string; containerId?: string | undefined },
): Table {
	const found = tables.filter(
		(table) => table.id === tableId && (containerId === undefined || table.container.id === containerId),
	);
	const [table] = found;
	if (table !== undefined && found.length === 1) return table;
	const message =
		table === undefined
			? "This account reaches no such table. It may have been deleted, or access to it withdrawn."
			: "Several containers have a table with this id: say which one is meant.";
	throw new SheafError("targets/table-unknown", message, { details: { tableId } });
}
