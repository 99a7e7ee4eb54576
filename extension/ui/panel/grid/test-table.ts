import type { FieldValue } from "../../../../backend/contract/fields.ts";
import type { TableColumn, TableRow } from "../../../capture/tables/types.ts";

/** The columns of a table of parts, as a page has them. */
export const partColumns: TableColumn[] = [
	{ id: "title", name: "Part", type: "text", filled: 1, path: "1" },
	{ id: "Unit price (€)", name: "Unit price (€)", type: "text", filled: 1, path: "2" },
	{ id: "Stock", name: "Stock", type: "number", filled: 0.5, path: "3" },
];

const text = (value: string): FieldValue => ({ type: "text", value });

/** A row of it with a name and a price of its own. */
export function partRow(number: number, more: Partial<TableRow> = {}): TableRow {
	return {
		id: `row ${number}`,
		cells: { title: text(`Part ${number}`), "Unit price (€)": text(`${number},50 €`) },
		url: `https://parts.test/${number}`,
		...more,
	};
}
