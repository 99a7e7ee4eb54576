import { textOf } from "../json-values.ts";
import { refuse } from "../replies.ts";
import { findField, type Row, type Table } from "../state.ts";
import { type Formula, readFormula } from "./read-formula.ts";

type Value = string | number | boolean | null;
type Scene = { table: Table; row: Row };

/**
 * The rows for which a formula holds. Understood is what looking rows up takes: comparing, joining with `&`, AND, OR, FIND, SEARCH,
 * LOWER, TRIM, NOT, RECORD_ID, BLANK, comparing dates and two formats of DATETIME_FORMAT. Columns go by their names, as Airtable documents.
 */
export function rowsMatching(table: Table, formula: string | null): readonly Row[] {
	if (formula === null || formula === "") return table.rows;
	const parsed = readFormula(formula);
	if (parsed === null || !isKnown(table, parsed)) {
		return refuse(
			422,
			"INVALID_FILTER_BY_FORMULA",
			"The formula for filtering records is invalid: Invalid formula. Please check your formula text.",
		);
	}
	return table.rows.filter((row) => isTrue(evaluate({ table, row }, parsed)));
}

/** Checked for the whole formula before any row is looked at, so that an empty table refuses it too. */
function isKnown(table: Table, formula: Formula): boolean {
	switch (formula.kind) {
		case "value":
			return true;
		case "field":
			return table.fields.some((field) => field.name === formula.name);
		case "operation":
			return isKnown(table, formula.left) && isKnown(table, formula.right);
		case "call":
			return functions[formula.name] !== undefined && formula.parts.every((part) => isKnown(table, part));
	}
}

function evaluate(scene: Scene, formula: Formula): Value {
	switch (formula.kind) {
		case "value":
			return formula.value;
		case "field":
			return cellOf(scene, formula.name);
		case "operation":
			return operate(formula.operator, evaluate(scene, formula.left), evaluate(scene, formula.right));
		case "call": {
			const parts = formula.parts.map((part) => evaluate(scene, part));
			return functions[formula.name]?.(parts, scene) ?? null;
		}
	}
}

/** Lists read as their entries joined by commas, rows that are linked as the names of those rows. */
function cellOf({ table, row }: Scene, name: string): Value {
	const cell = row.cells[findField(table, name)?.id ?? ""];
	if (typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean") return cell;
	return Array.isArray(cell) ? cell.map(textOf).join(", ") : cell === undefined ? null : textOf(cell);
}

function operate(operator: string, left: Value, right: Value): Value {
	if (operator === "&") return asText(left) + asText(right);
	const [a, b] = alike(left, right);
	switch (operator) {
		case "=":
			return a === b;
		case "!=":
			return a !== b;
		case "<":
			return a < b;
		case ">":
			return a > b;
		case "<=":
			return a <= b;
		default:
			return a >= b;
	}
}

/** An empty cell is nought beside a number and no text beside a text. */
function alike(left: Value, right: Value): [string, string] | [number, number] {
	if (typeof left === "string" || typeof right === "string") return [asText(left), asText(right)];
	return [Number(left ?? 0), Number(right ?? 0)];
}

const functions: Readonly<Record<string, (parts: Value[], scene: Scene) => Value>> = {
	AND: (parts) => parts.every(isTrue),
	OR: (parts) => parts.some(isTrue),
	NOT: ([part]) => !isTrue(part ?? null),
	FALSE: () => false,
	LOWER: ([text]) => asText(text ?? null).toLowerCase(),
	TRIM: ([text]) => asText(text ?? null).trim(),
	FIND: ([wanted, text]) => asText(text ?? null).indexOf(asText(wanted ?? null)) + 1,
	SEARCH: ([wanted, text]) => {
		const found = asText(text ?? null).toLowerCase();
		return found.indexOf(asText(wanted ?? null).toLowerCase()) + 1 || null;
	},
	RECORD_ID: (_parts, { row }) => row.id,
	BLANK: () => null,
	DATETIME_PARSE: ([text]) => asText(text ?? null),
	IS_AFTER: ([one, other]) => momentOf(one) > momentOf(other),
	IS_BEFORE: ([one, other]) => momentOf(one) < momentOf(other),
	DATETIME_FORMAT: ([instant, format]) => {
		const milliseconds = Date.parse(asText(instant ?? null));
		if (Number.isNaN(milliseconds)) return null;
		return format === "x" ? String(milliseconds) : new Date(milliseconds).toISOString().slice(0, 10);
	},
};

function momentOf(value: Value | undefined): number {
	return Date.parse(asText(value ?? null));
}

function asText(value: Value): string {
	return value === null ? "" : String(value);
}

function isTrue(value: Value): boolean {
	return value !== null && value !== "" && value !== 0 && value !== false;
}
