import { failure, Refusal } from "./replies.ts";
import type { Row, Table } from "./state.ts";

type Filter = { field: number; type: string; value: string };
type Group = { filter_type: "AND" | "OR"; filters?: Filter[]; groups?: Group[] };

const takesEqual = new Set(["text", "long_text", "url", "email", "phone_number", "number", "rating", "boolean"]);

/**
 * The rows that the parameter `filters` lets through. As the server does it: a value is trimmed before it is compared, and an empty
 * one filters nothing.
 *
 * @throws Refusal
 */
export function filterRows(table: Table, text: string | null): Row[] {
	if (text === null) return table.rows;
	const group = JSON.parse(text) as Group;
	return table.rows.filter((row) => holds(table, row, group));
}

function holds(table: Table, row: Row, { filter_type, filters = [], groups = [] }: Group): boolean {
	const each = [
		...filters.map((filter) => matches(table, row, filter)),
		...groups.map((group) => holds(table, row, group)),
	];
	return filter_type === "OR" ? each.includes(true) : each.every(Boolean);
}

function matches(table: Table, row: Row, { field: id, type, value }: Filter): boolean {
	const field = table.fields.find((candidate) => candidate.id === id);
	if (field === undefined) {
		throw new Refusal(failure(400, "ERROR_FILTER_FIELD_NOT_FOUND", `The field ${id} was not found in the table.`));
	}
	if (type !== "equal" || !takesEqual.has(field.type)) {
		throw new Refusal(
			failure(400, "ERROR_VIEW_FILTER_TYPE_UNSUPPORTED_FIELD", `The filter type ${type} is not supported.`),
		);
	}
	const wanted = value.trim();
	const cell = row[`field_${id}`];
	if (wanted === "") return true;
	return field.type === "number" ? cell !== null && Number(cell) === Number(wanted) : cell === wanted;
}
