import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { within } from "../misfit.ts";
import { coerceForRow } from "../row-cells.ts";
import { untyped } from "./columns.ts";

/** What one cell holds at most. */
export const maxCellLength = 50_000;

/**
 * A captured value as a cell takes it, exactly or not at all. Days and instants are texts here (`2026-01-02`, `2026-01-02T03:04:05.000Z`)
 * and become real dates on their way to a column that is typed so (`cells.ts`).
 */
export function coerce(value: FieldValue, column: TableField): CoerceResult {
	const result =
		column.providerType === untyped && column.writable ? coerceUntyped(value, column) : coerceTyped(value, column);
	return result.ok && typeof result.cell === "string" ? within(result.cell, column, maxCellLength) : result;
}

/** Numbers stay numbers and yes stays yes, so that formulas can count them; a list is joined; the rest is its text. */
function coerceUntyped(value: FieldValue, column: TableField): CoerceResult {
	if (value.type === "number" || value.type === "boolean") return { ok: true, cell: value.value };
	const result = coerceForRow(value, { ...column, type: "long_text" });
	if (value.type !== "list" || !result.ok || typeof result.cell !== "string") return result;
	return { ok: true, cell: result.cell.split("\n").join(", ") };
}

function coerceTyped(value: FieldValue, column: TableField): CoerceResult {
	const result = coerceForRow(value, column);
	if (!result.ok || result.cell === null) return result;
	// A cell of 50 % holds 0.5; dividing leaves a trace in the last digit for some, 15 digits hold what was meant.
	if (column.type === "percent") return { ok: true, cell: Number((Number(result.cell) / 100).toPrecision(15)) };
	if (column.type !== "select" || column.options === undefined || typeof result.cell !== "string") return result;
	if (column.options.includes(result.cell)) return result;
	const shown = result.cell.slice(0, 60);
	return {
		ok: false,
		message: `“${column.name}” has no choice “${shown}”. Add it in Google Sheets or edit the record.`,
		details: { case: "no-choice", columnName: column.name.slice(0, 200), shown },
	};
}
