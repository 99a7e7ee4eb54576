import type { Connector } from "../connectors/connector.ts";
import type { TableField } from "../contract/connections.ts";
import type { FieldValue } from "../contract/fields.ts";
import type { Transform } from "../contract/transforms.ts";
import { SheafError } from "../errors.ts";
import { unreadStep } from "./column-value.ts";
import type { NormalTarget } from "./normalise-target.ts";
import { applyTransform } from "./transforms/apply-transform.ts";
import { isEmpty } from "./transforms/step-result.ts";

/** What keeps a constant from being written, whatever the record. */
export type ConstantProblem = { code: "targets/constant-invalid" | "delivery/option-missing"; message: string };

/**
 * Whether columns take their constants, and what stands in for a field that is empty: said once when it is saved, and not of every record.
 *
 * @throws SheafError `targets/constant-invalid`, `delivery/option-missing` or `targets/transform-invalid` with the column in `details`
 */
export function checkConstants(
	{ mapping, constants, columns }: Pick<NormalTarget, "mapping" | "constants" | "columns">,
	coerce: Connector["coerce"],
): void {
	const columnOf = (to: string) => columns.find(({ id }) => id === to);
	for (const { to, value } of constants) {
		const column = columnOf(to);
		const problem = column === undefined ? null : constantProblem(value, column, coerce);
		if (problem !== null) throw new SheafError(problem.code, problem.message, { details: { column: to } });
	}
	for (const { to, transform = "none" } of mapping) {
		const column = columnOf(to);
		const why = column === undefined || transform === "none" ? null : standInProblem(transform, column, coerce);
		if (why !== null) throw new SheafError("targets/transform-invalid", why, { details: { column: to } });
	}
}

/** Why a column does not take what the steps make of nothing; null when it does, or there is still nothing. */
export function standInProblem(transform: Transform, column: TableField, coerce: Connector["coerce"]): string | null {
	const stood = applyTransform(null, transform);
	if (!stood.ok) return unreadStep(column.name, stood).message;
	const coerced = stood.value === null ? null : coerce(stood.value, column);
	if (coerced === null || coerced.ok) return null;
	return `What is filled in when “${column.name}” is empty does not fit. ${coerced.message}`;
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
