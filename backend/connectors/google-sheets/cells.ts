import type { TableField } from "../../contract/connections.ts";
import { dayOfSerial, instantOfSerial, serialOfDay, serialOfInstant } from "./moments.ts";
import type { CellValue } from "./replies.ts";

/** `ExtendedValue`: what was typed is told apart from what it means, so a text that begins with `=` stays a text. */
export type SheetCell = {
	userEnteredValue?: { stringValue: string } | { numberValue: number } | { boolValue: boolean };
};

const numeric = new Set<TableField["type"]>(["number", "currency", "percent"]);

/** A cell as `coerce` made it, as it is sent; empty clears the cell. Null: it is not of the column's type. */
export function sheetCell(cell: unknown, column: TableField, zone: string): SheetCell | null {
	if (cell === null || cell === "") return {};
	if (column.type === "date" || column.type === "datetime") {
		if (typeof cell !== "string" || Number.isNaN(Date.parse(cell))) return null;
		return number(column.type === "date" ? serialOfDay(cell) : serialOfInstant(cell, zone));
	}
	if (numeric.has(column.type)) return typeof cell === "number" ? number(cell) : null;
	if (column.type === "boolean") return typeof cell === "boolean" ? bool(cell) : null;
	if (typeof cell === "number") return number(cell);
	if (typeof cell === "boolean") return bool(cell);
	return typeof cell === "string" ? { userEnteredValue: { stringValue: cell } } : null;
}

function number(numberValue: number): SheetCell | null {
	return Number.isFinite(numberValue) ? { userEnteredValue: { numberValue } } : null;
}

function bool(boolValue: boolean): SheetCell {
	return { userEnteredValue: { boolValue } };
}

/** What a cell holds, in the form that `coerce` gives; null when it is empty. What does not fit the type stays as it is. */
export function readCell(value: CellValue | null | undefined, column: TableField, zone: string): CellValue | null {
	if (value === undefined || value === null || value === "") return null;
	if (typeof value !== "number") return value;
	if (column.type === "date") return dayOfSerial(value) ?? value;
	if (column.type === "datetime") return instantOfSerial(value, zone) ?? value;
	return value;
}
