import type { Connector } from "../connectors/connector.ts";
import type { TableField } from "../contract/connections.ts";
import type { FieldValue } from "../contract/fields.ts";
import type { ConstantEntry } from "../contract/targets.ts";
import { SheafError } from "../errors.ts";
import { isEmpty } from "./transforms/step-result.ts";

/** What keeps a constant from being written, whatever the record. */
export type ConstantProblem = { code: "targets/constant-invalid" | "delivery/option-missing"; message: string };

/**
 * Whether a column takes its constant: said once when it is saved, and not of every record.
 *
 * @throws SheafError `targets/constant-invalid` or `delivery/option-missing` with the column in `details`
 */
export function checkConstants(
	constants: readonly ConstantEntry[],
	columns: readonly TableField[],
	coerce: Connector["coerce"],
): void {
	for (const { to, value } of constants) {
		const column = columns.find(({ id }) => id === to);
		const problem = column === undefined ? null : constantProblem(value, column, coerce);
		if (problem !== null) throw new SheafError(problem.code, problem.message, { details: { column: to } });
	}
}

export function constantProblem(
	value: FieldValue,
	column: TableField,
	coerce: Connector["coerce"],
): ConstantProblem | null {
	if (isEmpty(value)) {
		const message = `“${column.name}” is to be the same in every row and has no value. Write one, or take it out.`;
		return { code: "targets/constant-invalid", message };
	}
	const coerced = coerce(value, column);
	if (coerced.ok) return null;
	const code = lacksOption(value, column) ? "delivery/option-missing" : "targets/constant-invalid";
	return { code, message: coerced.message };
}

/** Whether it names a choice that the column does not have. Where the connector may add it, the connector has taken it. */
export function lacksOption({ type, value }: FieldValue, { type: columnType, options }: TableField): boolean {
	if (options === undefined || (columnType !== "select" && columnType !== "multi_select")) return false;
	const known = new Set(options.map((option) => option.toLowerCase()));
	const named = type === "currency" ? [] : [value].flat().map((entry) => String(entry).trim().toLowerCase());
	return named.some((name) => name !== "" && !known.has(name));
}
