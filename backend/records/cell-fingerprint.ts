import { hash } from "node:crypto";

/** Whether there is nothing in a cell: connectors clear one with null, and some say so with an empty text or list. */
export function isEmptyCell(cell: unknown): boolean {
	return cell === undefined || cell === null || cell === "" || (Array.isArray(cell) && cell.length === 0);
}

/** The same text for the same cell, whatever the order of an object's keys; all empty cells are one. */
export function cellText(cell: unknown): string {
	if (isEmptyCell(cell)) return "null";
	if (typeof cell !== "object") return JSON.stringify(cell);
	if (Array.isArray(cell)) return `[${cell.map(cellText).join(",")}]`;
	const entries = Object.entries(cell ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${cellText(value)}`).join(",")}}`;
}

/** Short and says nothing of the cell, so that one can be recognised without keeping it. */
export function cellFingerprint(cell: unknown): string {
	return hash("sha256", cellText(cell), "base64url").slice(0, 22);
}

/** Those of a row's cells, by column. */
export function cellFingerprints(cells: Readonly<Record<string, unknown>>): Record<string, string> {
	return Object.fromEntries(Object.entries(cells).map(([columnId, cell]) => [columnId, cellFingerprint(cell)]));
}
