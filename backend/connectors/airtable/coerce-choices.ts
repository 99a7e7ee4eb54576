import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { accept, entriesOf, linesOf, refuse } from "./coerce-values.ts";

/** One choice: the column's own spelling where it has it in another case, a new one otherwise (`push` lets Airtable add it). */
export function toChoice(value: FieldValue, column: TableField): CoerceResult {
	const [name, ...more] = namesOf(value, column);
	return name === undefined || more.length > 0 ? refuse(column, "one-choice", value) : accept(name);
}

/** A text is one choice even with commas in it: "Paris, Texas" is not two. */
export function toChoices(value: FieldValue, column: TableField): CoerceResult {
	return accept([...new Set(namesOf(value, column))]);
}

function namesOf(value: FieldValue, column: TableField): string[] {
	const options = column.options ?? [];
	const names = value.type === "list" ? entriesOf(value) : linesOf(value);
	return names.map((written) => {
		const name = written.replaceAll(/\s+/g, " ").trim();
		if (options.includes(name)) return name;
		return options.find((option) => option.toLowerCase() === name.toLowerCase()) ?? name;
	});
}
