import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { TableField } from "../../contract/connections.ts";
import type { RemoteRow } from "../connector.ts";
import type { RowEntry } from "./replies.ts";

/**
 * A row in the form that `coerce` gives. Airtable does not say when a row was changed. An attachment comes back under
 * an address of Airtable's own, and a linked row as its id, so these two equal what was captured only once they were read before.
 */
export function remoteRow({ id, fields }: RowEntry, columns: readonly TableField[]): RemoteRow {
	const cells: RemoteRow["cells"] = {};
	for (const column of columns) {
		const cell = cellOf(fields[column.id], column);
		if (cell !== undefined) cells[column.id] = cell;
	}
	return { remoteId: id, cells, changedAt: null };
}

/** Two cells as one text each: the order of choices, links and files means nothing. */
export function comparable(cell: unknown): string {
	return JSON.stringify(Array.isArray(cell) ? cell.map((entry) => JSON.stringify(entry)).sort() : (cell ?? null));
}

const Barcode = Type.Object({ text: Type.String() });
const Files = Type.Array(Type.Object({ url: Type.String() }));

function cellOf(cell: unknown, { type, providerType }: TableField): unknown {
	if (cell === null) return undefined;
	if (type === "attachment") return Value.Check(Files, cell) ? cell.map(({ url }) => ({ url })) : undefined;
	if (providerType === "barcode") return Value.Check(Barcode, cell) ? { text: cell.text } : undefined;
	// Rich text is given back with a line break that nobody wrote.
	if (type === "rich_text" && typeof cell === "string") return cell.replace(/\n$/, "");
	return cell;
}
