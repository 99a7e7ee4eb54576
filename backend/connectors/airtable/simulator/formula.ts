import { textOf } from "./json-values.ts";
import { refuse } from "./replies.ts";
import { findField, type Row, type Table } from "./state.ts";

const comparison = /^\s*\{([^}]+)\}\s*=\s*(["'])((?:\\.|(?!\2).)*)\2\s*$/s;

/**
 * The one formula understood is `{Field} = "text"`, with `\"` and `\\` as escapes; any other is answered as an invalid one.
 * That is enough to look a row up by a key, which is all a client of this simulator does with formulas.
 */
export function rowsMatching(table: Table, formula: string | null): readonly Row[] {
	if (formula === null || formula === "") return table.rows;
	const [, name, , quoted] = comparison.exec(formula) ?? [];
	const field = name === undefined ? null : findField(table, name);
	if (field === null || quoted === undefined) {
		return refuse(
			422,
			"INVALID_FILTER_BY_FORMULA",
			"The formula for filtering records is invalid: Invalid formula. Please check your formula text.",
		);
	}
	const text = quoted.replaceAll(/\\(.)/gs, "$1");
	return table.rows.filter((row) => textOf(row.cells[field.id]) === text);
}
