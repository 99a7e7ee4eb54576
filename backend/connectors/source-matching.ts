import type { FieldValue } from "../contract/fields.ts";
import type { SourceCondition, SourceRow } from "../contract/sources.ts";
import type { SourceQuery } from "./source.ts";

/**
 * Whether a row is meant, for sources that are gone through page after page and looked at here: a file, which nobody else can search, and Amazon,
 * which finds names by whole words or exactly and filters by little else.
 */
export function isMeant(row: Pick<SourceRow, "fields">, { filter, search, schema }: SourceQuery): boolean {
	return filter.every((condition) => holds(row, condition)) && (search === null || isFound(row, { search, schema }));
}

function isFound(
	{ fields }: Pick<SourceRow, "fields">,
	{ search, schema }: { search: string; schema: SourceQuery["schema"] },
): boolean {
	const wanted = search.trim().toLowerCase();
	const searched = schema.columns.filter(({ searchable }) => searchable);
	return searched.some(({ id }) => textOf(fields[id]).toLowerCase().includes(wanted));
}

function holds({ fields }: Pick<SourceRow, "fields">, { column, op, value }: SourceCondition): boolean {
	const field = fields[column];
	switch (op) {
		case "empty":
			return field === undefined;
		case "not_empty":
			return field !== undefined;
		case "is":
			return field !== undefined && isSame(field, value);
		case "is_not":
			return field === undefined || !isSame(field, value);
		case "contains":
			return textOf(field)
				.toLowerCase()
				.includes(String(value ?? "").toLowerCase());
		case "gt":
			return field !== undefined && order(field, value) > 0;
		case "lt":
			return field !== undefined && order(field, value) < 0;
	}
}

function isSame(field: FieldValue, value: SourceCondition["value"]): boolean {
	if (field.type === "number" || field.type === "date") return order(field, value) === 0;
	return textOf(field).toLowerCase() === String(value ?? "").toLowerCase();
}

/** Below, at or above the value; NaN, which is none of them, where the two cannot be compared. */
function order(field: FieldValue, value: SourceCondition["value"]): number {
	if (field.type === "date") return Date.parse(field.value) - Date.parse(String(value ?? ""));
	return Number(textOf(field)) - Number(value ?? Number.NaN);
}

function textOf(field: FieldValue | undefined): string {
	return field === undefined ? "" : typeof field.value === "object" ? JSON.stringify(field.value) : String(field.value);
}
