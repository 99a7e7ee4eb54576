import type { SourceColumn, SourceCondition, SourceFilter, SourceOperator } from "../../../backend/contract/sources.ts";

/** A condition while it is edited. `value` as its input has it. */
export type DraftCondition = { column: string; op: SourceOperator; value: string };

/** Conditions that take none. */
const withoutValue: ReadonlySet<SourceOperator> = new Set(["empty", "not_empty"]);

export const takesValue = (op: SourceOperator): boolean => !withoutValue.has(op);

/** Columns that conditions can be asked of. */
export function filterable(columns: readonly SourceColumn[]): SourceColumn[] {
	return columns.filter(({ operators }) => operators.length > 0);
}

/** Saved conditions for editing; those on columns that are no longer there are left out. */
export function draftOf(filter: SourceFilter, columns: readonly SourceColumn[]): DraftCondition[] {
	return filter.flatMap(({ column: id, op, value }) => {
		const column = columns.find((one) => one.id === id);
		if (!column?.operators.includes(op)) return [];
		const text = value === undefined ? "" : String(value);
		// Its input takes a day; the time of an instant that was asked for elsewhere goes.
		return [{ column: id, op, value: column.type === "date" ? text.slice(0, 10) : text }];
	});
}

/** A new one, on a column that can be asked. @returns null where there is none */
export function firstCondition(columns: readonly SourceColumn[]): DraftCondition | null {
	const [column] = filterable(columns);
	return column === undefined ? null : onColumn(column);
}

/** A condition's beginning on another column: its first operator, and no value yet. */
export function onColumn({ id, operators, type, options }: SourceColumn): DraftCondition {
	const value = type === "boolean" ? "true" : (options?.[0] ?? "");
	return { column: id, op: operators[0] ?? "is", value };
}

/** What is sent, with values of their column's type. @returns null when one has no value that can be read */
export function readConditions(
	draft: readonly DraftCondition[],
	columns: readonly SourceColumn[],
): SourceCondition[] | null {
	const read: SourceCondition[] = [];
	for (const { column: id, op, value } of draft) {
		if (!takesValue(op)) {
			read.push({ column: id, op });
			continue;
		}
		const typed = valueOf(columns.find((one) => one.id === id)?.type ?? "text", value.trim());
		if (typed === null) return null;
		read.push({ column: id, op, value: typed });
	}
	return read;
}

function valueOf(type: SourceColumn["type"], text: string): string | number | boolean | null {
	if (text === "") return null;
	if (type === "boolean") return text === "true";
	if (type !== "number") return text;
	const number = Number(text);
	return Number.isFinite(number) ? number : null;
}
