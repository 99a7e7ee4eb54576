import type { SourceColumn, SourceCondition } from "../../contract/sources.ts";
import type { SourceQuery } from "../source.ts";
import { quoted } from "./sql-names.ts";
import { SessionError } from "./trouble.ts";

/** A value as an SQL expression (`literal` of `sql-names.ts`): nothing in it can be anything else than a value. */
type Bind = (value: string) => string;

/**
 * What a row has to be, as SQL over the alias `t`: names are quoted, values are bound.
 *
 * @throws SessionError where a value is none that the column can have
 */
export function conditionsOf(
	{ filter, search, schema }: Pick<SourceQuery, "filter" | "search" | "schema">,
	bind: Bind,
): string[] {
	const conditions = filter.flatMap((condition) => {
		const column = schema.columns.find(({ id }) => id === condition.column);
		return column === undefined ? [] : [conditionOf(column, condition, bind)];
	});
	if (search === null || search.trim() === "") return conditions;
	const wanted = bind(`%${likeEscaped(search.trim())}%`);
	const columns = schema.columns.filter(({ searchable }) => searchable);
	const found = columns.map(({ name }) => `t.${quoted(name)}::text ilike ${wanted}`);
	return [...conditions, found.length === 0 ? "false" : `(${found.join(" or ")})`];
}

function conditionOf(column: SourceColumn, { op, value = "" }: SourceCondition, bind: Bind): string {
	const cell = `t.${quoted(column.name)}`;
	switch (op) {
		case "empty":
			return `(${cell} is null or ${cell}::text in ('', '{}'))`;
		case "not_empty":
			return `(${cell} is not null and ${cell}::text not in ('', '{}'))`;
		case "contains": {
			const read = column.type === "list" ? `array_to_string(${cell}, chr(10))` : `${cell}::text`;
			return `${read} ilike ${bind(`%${likeEscaped(String(value))}%`)}`;
		}
		case "is":
			return equals(column, value, bind);
		case "is_not":
			return `(${equals(column, value, bind)}) is not true`;
		case "gt":
		case "lt":
			return `${cell} ${op === "gt" ? ">" : "<"} ${bind(typed(column, value))}::${column.providerType}`;
	}
}

/** An instant is compared with a whole day as that day in UTC. */
function equals(column: SourceColumn, value: Value, bind: Bind): string {
	const cell = `t.${quoted(column.name)}`;
	const text = typed(column, value);
	const isDayOfInstant = column.type === "date" && column.providerType !== "date" && /^\d{4}-\d{2}-\d{2}$/.test(text);
	if (isDayOfInstant) return `(${cell}::timestamp)::date = ${bind(text)}::date`;
	if (column.type === "number" || column.type === "boolean" || column.type === "date")
		return `${cell} = ${bind(text)}::${column.providerType}`;
	return `${cell}::text = ${bind(text)}`;
}

type Value = NonNullable<SourceCondition["value"]>;

/** Checked here, so that the server is asked nothing it would refuse. */
function typed({ name, type }: SourceColumn, value: Value): string {
	const text = String(value).trim();
	const isRight =
		type === "number"
			? text !== "" && Number.isFinite(Number(text))
			: type === "boolean"
				? text === "true" || text === "false"
				: type !== "date" || !Number.isNaN(Date.parse(text));
	if (!isRight) throw new SessionError({ kind: "value", said: text, column: name });
	return type === "text" ? String(value) : text;
}

function likeEscaped(text: string): string {
	return text.replaceAll("\u0000", "").replaceAll(/[\\%_]/g, "\\$&");
}
