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
	return table.rows.filter(testOf(table, JSON.parse(text) as Group));
}

type Test = (row: Row) => boolean;

/** Read once, and then held against every row. */
function testOf(table: Table, { filter_type, filters = [], groups = [] }: Group): Test {
	const tests = [...filters.map((filter) => matches(table, filter)), ...groups.map((group) => testOf(table, group))];
	return filter_type === "OR" ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

function matches(table: Table, { field: id, type, value }: Filter): Test {
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
	const name = `field_${id}`;
	if (wanted === "") return () => true;
	if (field.type !== "number") return (row) => row[name] === wanted;
	return (row) => row[name] !== null && Number(row[name]) === Number(wanted);
}
