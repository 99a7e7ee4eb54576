import type { TableField } from "../../contract/connections.ts";
import type { RemoteRow } from "../connector.ts";
import type { RowEntry } from "./replies.ts";
import type { OpenTable } from "./table.ts";

/** Cells by column id as Baserow names them; an emptied list is a list without entries there. */
export function rowOf(table: OpenTable, cells: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(cells).map(([id, cell]) => [`field_${id}`, cell ?? emptyOf(table.columns.get(id)?.type)]),
	);
}

function emptyOf(type: TableField["type"] | undefined): unknown {
	switch (type) {
		case "multi_select":
		case "link":
		case "attachment":
			return [];
		case "text":
		case "url":
		case "email":
		case "phone":
			return "";
		case "boolean":
			return false;
		case "rating":
			return 0;
		default:
			return null;
	}
}

/** A row as it is there, its cells in the form that `coerce` gives. */
export function remoteRowOf(table: OpenTable, row: RowEntry): RemoteRow {
	const cells: Record<string, unknown> = {};
	for (const column of table.columns.values()) {
		const cell = readCell(column, row[`field_${column.id}`]);
		if (cell !== null) cells[column.id] = cell;
	}
	const changed = table.fields.find(({ type }) => type === "last_modified");
	return { remoteId: String(row.id), cells, changedAt: instant(changed && row[`field_${changed.id}`]) };
}

function readCell({ type }: TableField, value: unknown): unknown {
	if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
		return null;
	switch (type) {
		case "number":
		case "currency":
		case "percent":
		case "duration":
			return Number.isNaN(Number(value)) ? null : Number(value);
		case "rating":
			return Number(value) || null;
		case "datetime":
			return instant(value);
		case "select":
			return property(value, "value");
		case "multi_select":
			return Array.isArray(value) ? value.map((entry) => property(entry, "value")) : null;
		case "link":
			return Array.isArray(value) ? value.map((entry) => property(entry, "id")) : null;
		case "unsupported":
			return null;
		default:
			return value;
	}
}

function property(entry: unknown, name: "id" | "value"): unknown {
	return typeof entry === "object" && entry !== null && name in entry ? (entry as Record<string, unknown>)[name] : null;
}

function instant(value: unknown): string | null {
	const moment = typeof value === "string" ? new Date(value) : null;
	return moment === null || Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
