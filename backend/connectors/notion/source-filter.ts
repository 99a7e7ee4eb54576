import type { SourceColumn, SourceCondition } from "../../contract/sources.ts";
import type { SourceQuery } from "../source.ts";

type Filter = Record<string, unknown>;

/** Texts in a filter may be no longer. */
const longestText = 2_000;

/** What is asked for as Notion's filter; null: all rows. @param from rows made at this moment or later */
export function sourceFilter({ filter, search, schema }: SourceQuery, from: string | null): Filter | null {
	const all: Filter[] = filter.flatMap((condition) => {
		const column = schema.columns.find(({ id }) => id === condition.column);
		return column === undefined ? [] : [conditionOf(column, condition)];
	});
	const text = search?.trim().slice(0, longestText) ?? "";
	if (text !== "") {
		const columns = schema.columns.filter(({ searchable }) => searchable);
		all.push({ or: columns.map(({ id, providerType }) => ({ property: id, [providerType]: { contains: text } })) });
	}
	if (from !== null) all.push({ timestamp: "created_time", created_time: { on_or_after: from } });
	return all.length === 0 ? null : { and: all };
}

const operators = {
	is: "equals",
	is_not: "does_not_equal",
	contains: "contains",
	gt: "greater_than",
	lt: "less_than",
	empty: "is_empty",
	not_empty: "is_not_empty",
} as const;

function conditionOf({ id, type, providerType }: SourceColumn, { op, value = "" }: SourceCondition): Filter {
	const isDate = type === "date";
	const operator = isDate && op === "gt" ? "after" : isDate && op === "lt" ? "before" : operators[op];
	return { property: id, [providerType]: { [operator]: valueOf(type, op, value) } };
}

function valueOf(
	type: SourceColumn["type"],
	op: SourceCondition["op"],
	value: NonNullable<SourceCondition["value"]>,
): unknown {
	if (op === "empty" || op === "not_empty") return true;
	if (type === "number") return Number(value);
	if (type === "boolean") return value === true || value === "true";
	return String(value).slice(0, longestText);
}
