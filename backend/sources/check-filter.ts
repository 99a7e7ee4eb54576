import type { SourceColumn, SourceFilter, SourceSchema } from "../contract/sources.ts";
import { SheafError } from "../errors.ts";

/** A record has no more fields. */
const maxColumns = 100;

/**
 * The conditions, which a source may trust then: each on a column of its, by an operator that the column offers, with a value where one is due. Pure.
 *
 * @throws SheafError `sources/filter-invalid` naming the column
 */
export function checkedFilter(filter: SourceFilter, { columns }: SourceSchema): SourceFilter {
	for (const { column: id, op, value } of filter) {
		const column = columns.find((candidate) => candidate.id === id);
		const takesValue = op !== "empty" && op !== "not_empty";
		const isRight =
			column?.operators.includes(op) === true && (!takesValue || (value !== undefined && fits(column, value)));
		if (isRight) continue;
		const message = `The condition on “${column?.name ?? id}” does not fit its column. Change it, then look again.`;
		throw new SheafError("sources/filter-invalid", message, { details: { column: id } });
	}
	return filter;
}

function fits({ type }: SourceColumn, value: string | number | boolean): boolean {
	if (type === "number") return String(value).trim() !== "" && Number.isFinite(Number(value));
	if (type === "date") return typeof value === "string" && !Number.isNaN(Date.parse(value));
	if (type === "boolean") return value === true || value === false || value === "true" || value === "false";
	return true;
}

/** The columns that travel, in the table's order: those named that are there still, or the first hundred. Pure. */
export function travelling({ columns }: SourceSchema, ids: readonly string[] | null): SourceColumn[] {
	return columns.filter(({ id }) => ids === null || ids.includes(id)).slice(0, maxColumns);
}

/** @throws SheafError `sources/key-needed` */
export function refuseWithoutKey({ needsKey }: SourceSchema): void {
	if (!needsKey) return;
	throw new SheafError("sources/key-needed", "Nothing tells the rows of this view apart. Choose the column that does.");
}
