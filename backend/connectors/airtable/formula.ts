import type { TableField } from "../../contract/connections.ts";

/** Airtable's formulas, for asking which rows to list. Columns go by their names there: ids are not documented to work. */
export function text(value: string): string {
	const escaped = value
		.replaceAll(/[\\"]/g, "\\$&")
		.replaceAll("\n", "\\n")
		.replaceAll("\r", "\\r")
		.replaceAll("\t", "\\t");
	return `"${escaped}"`;
}

export function column(name: string): string {
	return `{${name.replaceAll("}", "\\}")}}`;
}

export function anyOf(conditions: readonly string[]): string {
	return conditions.length === 1 ? (conditions[0] ?? "") : `OR(${conditions.join(",")})`;
}

export function hasId(id: string): string {
	return `RECORD_ID()=${text(id)}`;
}

/** Whether a column holds this text somewhere, whatever its case. */
export function contains(name: string, part: string): string {
	return `FIND(LOWER(${text(part)}),LOWER(${column(name)}&""))`;
}

/** Whether a column reads as this text, whatever its case. */
export function readsAs(name: string, whole: string): string {
	return `LOWER(${column(name)}&"")=LOWER(${text(whole)})`;
}

/**
 * Whether a row has these cells. It may let rows through that only look alike (no number is nought to Airtable, and choices are found
 * within their list), so what comes back is compared cell by cell.
 */
export function hasCells(columns: readonly TableField[], cells: Readonly<Record<string, unknown>>): string {
	const conditions = Object.entries(cells).map(([id, cell]) => {
		const known = columns.find((candidate) => candidate.id === id);
		return known === undefined ? "BLANK()" : hasCell(known, cell);
	});
	return `AND(${conditions.join(",")})`;
}

function hasCell({ name, type }: TableField, cell: unknown): string {
	if (cell === null || cell === undefined) return `${column(name)}=BLANK()`;
	if (typeof cell === "number") return `${column(name)}=${cell}`;
	if (Array.isArray(cell)) {
		return `AND(${cell.map((entry) => `FIND(${text(String(entry))},${column(name)}&"")`).join(",")})`;
	}
	const written = typeof cell === "string" ? cell : JSON.stringify(cell);
	if (type === "date") return `DATETIME_FORMAT(${column(name)},"YYYY-MM-DD")=${text(written)}`;
	if (type === "datetime") return `DATETIME_FORMAT(${column(name)},"x")=${text(String(Date.parse(written)))}`;
	return `${column(name)}=${text(written)}`;
}
