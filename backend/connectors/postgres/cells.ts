import type { TableField } from "../../contract/connections.ts";
import { writtenNumber } from "./exact-number.ts";

const isJson = ({ providerType }: TableField) => providerType === "json" || providerType === "jsonb";

/** The cells as PostgreSQL reads them in the table's row type. Values of JSON columns are cells as text, and sent as what they say. */
export function sentCells(
	cells: Readonly<Record<string, unknown>>,
	columns: readonly TableField[],
): Record<string, unknown> {
	const json = new Set(columns.filter(isJson).map(({ id }) => id));
	return Object.fromEntries(
		Object.entries(cells).map(([id, cell]) => [id, json.has(id) && typeof cell === "string" ? parsed(cell) : cell]),
	);
}

/** What a column holds, read as text, in the form that `coerce` gives. Null and what Sheaf cannot fill come back undefined. */
export function readCell(text: string | null, column: TableField): unknown {
	if (text === null) return undefined;
	switch (column.type) {
		case "number":
			return writtenNumber(text) ?? text;
		case "boolean":
			return text === "t" || text === "true";
		case "datetime":
			return instantIn(text);
		case "multi_select":
			return parsed(text);
		case "unsupported":
			return undefined;
		default:
			return isJson(column) ? JSON.stringify(parsed(text)) : text;
	}
}

/** The session's zone is UTC, and a time without a zone is taken as it was written: in UTC. `infinity` stays what it is. */
function instantIn(text: string): string {
	const instant = new Date(`${text.replace(" ", "T").replace(/\+00(:00)?$/, "")}Z`);
	return Number.isNaN(instant.getTime()) ? text : instant.toISOString();
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
