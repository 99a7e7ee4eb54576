import type { SourceColumn, SourceCondition } from "../../contract/sources.ts";
import type { SourceQuery } from "../source.ts";
import { anyOf, column as cell, contains, text } from "./formula.ts";

/** The rows that are asked for as a formula; null: all. Columns go by the names they have now. */
export function sourceFormula({ filter, search, schema }: SourceQuery): string | null {
	const conditions = filter.flatMap((condition) => {
		const column = schema.columns.find(({ id }) => id === condition.column);
		return column === undefined ? [] : [formulaOf(column, condition)];
	});
	if (search !== null && search.trim() !== "") {
		const columns = schema.columns.filter(({ searchable }) => searchable);
		conditions.push(columns.length === 0 ? "FALSE()" : anyOf(columns.map(({ name }) => contains(name, search.trim()))));
	}
	if (conditions.length === 0) return null;
	return conditions.length === 1 ? (conditions[0] ?? null) : `AND(${conditions.join(",")})`;
}

/** An empty cell beside a number counts as nought, so comparisons ask first whether there is one. */
function formulaOf(column: SourceColumn, { op, value = "" }: SourceCondition): string {
	const isFilled = `${cell(column.name)}&""!=""`;
	switch (op) {
		case "empty":
			return `${cell(column.name)}&""=""`;
		case "not_empty":
			return isFilled;
		case "contains":
			return contains(column.name, String(value));
		case "is":
			// A box that is not ticked is an empty cell.
			return column.type === "boolean" ? equals(column, value) : `AND(${isFilled},${equals(column, value)})`;
		case "is_not":
			return `NOT(AND(${isFilled},${equals(column, value)}))`;
		case "gt":
		case "lt":
			return `AND(${isFilled},${compared(column, op, value)})`;
	}
}

type Value = NonNullable<SourceCondition["value"]>;

function equals({ name, type }: SourceColumn, value: Value): string {
	if (type === "boolean") return value === true || value === "true" ? `${cell(name)}=1` : `NOT(${cell(name)})`;
	if (type === "number") return `${cell(name)}=${Number(value)}`;
	if (type !== "date") return `${cell(name)}=${text(String(value))}`;
	const [format, wanted] = isDay(value) ? ["YYYY-MM-DD", String(value)] : ["x", String(Date.parse(String(value)))];
	return `DATETIME_FORMAT(${cell(name)},${text(format)})=${text(wanted)}`;
}

function compared({ name, type }: SourceColumn, op: "gt" | "lt", value: Value): string {
	if (type === "number") return `${cell(name)}${op === "gt" ? ">" : "<"}${Number(value)}`;
	return `${op === "gt" ? "IS_AFTER" : "IS_BEFORE"}(${cell(name)},DATETIME_PARSE(${text(String(value))}))`;
}

function isDay(value: Value): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(String(value));
}
