import type { FieldValue } from "../../contract/fields.ts";

/** One line of RFC 4180, with its line end. */
export function csvLine(cells: readonly string[]): string {
	return `${cells.map(quoted).join(",")}\r\n`;
}

/**
 * A text for a cell. What a page said may begin like a formula, which a spreadsheet would run when the file is opened: such a text gets
 * an apostrophe in front, also where the sign is a wide one, as East Asian keyboards write it (OWASP, CSV injection). The same text
 * without it is in the file of JSON lines.
 */
export function textCell(text: string): string {
	return /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
}

/** A captured value as one cell; a list's entries are separated by semicolons. */
export function fieldCell(field: FieldValue | undefined): string {
	if (field === undefined) return "";
	switch (field.type) {
		case "number":
		case "boolean":
			return String(field.value);
		case "currency":
			return `${field.value.amount} ${field.value.currency}`;
		case "list":
			return textCell(field.value.join("; "));
		default:
			return textCell(field.value);
	}
}

function quoted(cell: string): string {
	return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
