import type { RemoteRow } from "../connector.ts";
import { plainText } from "../plain-text.ts";
import { isKnownType } from "./field-types.ts";
import type { ColumnEntry, RowEntry } from "./replies.ts";
import type { OpenTable } from "./table.ts";

/** Cells by column id as a row by column names. */
export function rowOf(table: OpenTable, cells: Readonly<Record<string, unknown>>): RowEntry {
	return Object.fromEntries(Object.entries(cells).map(([id, cell]) => [table.columns.get(id)?.title ?? id, cell]));
}

/** A row as it is there, its cells in the form that `coerce` gives; null when it does not name itself. */
export function remoteRowOf(table: OpenTable, row: RowEntry): RemoteRow | null {
	const remoteId = idIn(table, row);
	if (remoteId === null) return null;
	const cells: Record<string, unknown> = {};
	for (const column of table.columns.values()) {
		// What Sheaf cannot write it does not compare either.
		const cell = isKnownType(column.uidt) ? readCell(column, row[column.title]) : null;
		if (cell !== null) cells[column.id] = cell;
	}
	const changed = table.changed === null ? null : row[table.changed.title];
	return { remoteId, cells, changedAt: instant(changed) };
}

export function idIn(table: Pick<OpenTable, "key">, row: RowEntry): string | null {
	const id = row[table.key.title];
	return typeof id === "string" || typeof id === "number" ? String(id) : null;
}

/** The id as the table keeps it: numbers, unless its key is a text. */
export function idValue({ key }: Pick<OpenTable, "key">, remoteId: string): string | number {
	return key.uidt === "ID" && /^\d{1,15}$/.test(remoteId) ? Number(remoteId) : remoteId;
}

const numbers = new Set(["Number", "Decimal", "Year", "Currency", "Percent", "Rating", "Duration"]);

function readCell({ uidt }: ColumnEntry, value: unknown): unknown {
	if (value === null || value === undefined || value === "") return null;
	if (numbers.has(uidt)) return readNumber(uidt, value);
	switch (uidt) {
		case "Checkbox":
			return value === true || value === 1 || value === "1" || value === "true";
		case "DateTime":
			return instant(value);
		case "MultiSelect":
			return Array.isArray(value) ? value : plainText(value).split(",");
		case "Attachment":
			return Array.isArray(value) && value.length > 0 ? value : null;
		default:
			return value;
	}
}

/** Databases answer decimals as texts; no star is nought. */
function readNumber(uidt: string, value: unknown): number | null {
	const number = Number(value);
	return Number.isNaN(number) || (uidt === "Rating" && number === 0) ? null : number;
}

/** `2026-01-03 04:30:00+00:00` as the same instant in the way we write it. */
function instant(value: unknown): string | null {
	const moment = typeof value === "string" ? new Date(value.replace(" ", "T")) : null;
	return moment === null || Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
