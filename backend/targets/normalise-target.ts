import type { Table, TableField } from "../contract/connections.ts";
import type { ConstantEntry, MappingEntry } from "../contract/targets.ts";
import type { Transform } from "../contract/transforms.ts";
import { SheafError } from "../errors.ts";
import { checkTransform } from "./transforms/apply-transform.ts";

export type TargetSettings = {
	mapping: readonly MappingEntry[];
	matchKey: readonly string[];
	constants?: readonly ConstantEntry[] | undefined;
};

export type NormalTarget = {
	/** `to` is a column's id. */
	mapping: MappingEntry[];
	/** `to` is a column's id; at most one for a column. */
	constants: ConstantEntry[];
	/** Column ids, each filled. */
	matchKey: string[];
	/** The columns that are filled as they are now, each once. */
	columns: TableField[];
};

const maxMatchColumns = 3;

/**
 * What a person sent against the table as it is: columns named by id or by name become ids, and what cannot work is refused
 * now and not record by record. Pure. What a constant says is left to `check-constants.ts`, which asks the connector.
 *
 * @throws SheafError `targets/mapping-invalid`, `targets/match-key-invalid`, `targets/transform-invalid` or `targets/constant-invalid`, with the
 *   column in `details`
 */
export function normaliseTarget({ mapping, matchKey, constants = [] }: TargetSettings, table: Table): NormalTarget {
	const entries: Filled[] = [];
	for (const { from, to, transform = "none" } of mapping) {
		const column = mappableColumn(to, table);
		if (transform !== "none") refuseUnusable(transform, column);
		const entry = { from, to: column.id, ...(transform === "none" ? {} : { transform }) };
		if (!entries.some((other) => Bun.deepEquals(other.entry, entry))) entries.push({ entry, column });
	}
	const fixed = constants.map(({ to, value }) => ({ value, column: mappableColumn(to, table) }));
	refuseDoubled(fixed);
	const filled = new Map([...entries, ...fixed].map(({ column }) => [column.id, column]));
	const known = table.fields.filter(({ id }) => filled.has(id));
	const columns = [...known, ...[...filled.values()].filter((column) => !known.some(({ id }) => id === column.id))];
	const keys = new Set(matchKey.map((name) => matchColumn(name, { entries, columns, table }).id));
	if (keys.size === 0 || keys.size > maxMatchColumns) {
		throw matchKeyInvalid(`The match key is one to ${maxMatchColumns} different columns.`, matchKey.join(", "));
	}
	if (!entries.some(({ column }) => keys.has(column.id))) {
		throw matchKeyInvalid(
			"The match key has the same value in every row. Add a column that a field fills.",
			matchKey.join(", "),
		);
	}
	return {
		mapping: entries.map(({ entry }) => entry),
		constants: fixed.map(({ value, column }) => ({ to: column.id, value })),
		matchKey: [...keys],
		columns,
	};
}

type Filled = { entry: MappingEntry; column: TableField };

function refuseUnusable(transform: Transform, column: TableField): void {
	const unusable = checkTransform(transform);
	if (unusable === null) return;
	const details = { column: column.id, step: unusable.step };
	throw new SheafError("targets/transform-invalid", `Column “${column.name}”: ${unusable.why}`, { details });
}

function refuseDoubled(fixed: readonly { column: TableField }[]): void {
	const doubled = fixed.find(({ column }, place) => fixed.findIndex((other) => other.column.id === column.id) < place);
	if (doubled === undefined) return;
	const message = `The column “${doubled.column.name}” has two values that are the same in every row. Keep one.`;
	throw new SheafError("targets/constant-invalid", message, { details: { column: doubled.column.id } });
}

function mappableColumn(name: string, table: Table): TableField {
	const column = namedColumn(name, table);
	if (column === null) throw mappingInvalid(`There is no column “${name}” in the table “${table.name}”.`, name);
	if (!column.writable) {
		throw mappingInvalid(
			`The column “${column.name}” cannot be filled from outside. Take it out of the mapping.`,
			name,
		);
	}
	return column;
}

/** What a mapping means by a name; a message has a field as soon as somebody names it. Null when there is no such column. */
export function namedColumn(name: string, table: Table): TableField | null {
	return columnOf(name, table.fields) ?? (table.takesAnyColumn ? untypedColumn(name) : null);
}

/** A field of a message that nobody has named before; it takes whatever was captured. */
function untypedColumn(name: string): TableField {
	return { id: name, name, type: "text", providerType: "any", writable: true, matchable: true };
}

type Matching = { entries: readonly Filled[]; columns: readonly TableField[]; table: Table };

function matchColumn(name: string, { entries, columns, table }: Matching): TableField {
	// A field's name comes after the mapped columns' names: "url" may be both, and then the column is meant.
	const column = columnOf(name, columns) ?? entries.find(({ entry }) => entry.from === name)?.column ?? null;
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
