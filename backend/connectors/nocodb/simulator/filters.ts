import { plainText } from "../../plain-text.ts";
import { Refusal, told } from "./replies.ts";
import type { Table } from "./state.ts";

type Row = Readonly<Record<string, unknown>>;

/**
 * The rows that `filterArrJson` lets through. Filters of one level are joined by what the second and later ones say; a value is
 * compared as the database would, letter by letter.
 *
 * @throws Refusal for a column that is not there, in 0.265's own words
 */
export function filterRows(table: Table, text: string | null): Row[] {
	if (text === null) return table.rows;
	const filters: unknown = JSON.parse(text);
	return table.rows.filter((row) => holds(table, row, filters));
}

function holds(table: Table, row: Row, filters: unknown): boolean {
	const list = (Array.isArray(filters) ? filters : []) as Readonly<Record<string, unknown>>[];
	const each = list.map((filter) =>
		filter.is_group === true ? holds(table, row, filter.children) : matches(table, row, filter),
	);
	const isAny = list.slice(1).some((filter) => filter.logical_op === "or");
	return isAny ? each.includes(true) : each.every(Boolean);
}

function matches(table: Table, row: Row, filter: Readonly<Record<string, unknown>>): boolean {
	const column = table.columns.find(({ id }) => id === filter.fk_column_id);
	if (column === undefined) throw new Refusal(told(400, "Cannot read properties of null (reading 'uidt')"));
	const cell = row[column.id];
	const value = plainText(filter.value ?? "");
	switch (filter.comparison_op) {
		case "eq":
			return cell !== undefined && plainText(cell) === value;
		case "in":
			// Only a list of several is a list to it.
			if (!value.includes(",")) throw new Refusal(told(400, "Undefined binding(s) detected when compiling WHERE."));
			return cell !== undefined && value.split(",").includes(plainText(cell));
		case "like":
			return plainText(cell ?? "")
				.toLowerCase()
				.includes(value.replace(/^%|%$/g, "").toLowerCase());
		default:
			throw new Refusal(told(422, `Operation ${String(filter.comparison_op)} is not supported`));
	}
}
