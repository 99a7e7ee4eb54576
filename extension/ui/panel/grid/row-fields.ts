import type { Fields, FieldValue } from "../../../../backend/contract/fields.ts";
import type { Provenance } from "../../../../backend/contract/provenance.ts";
import type { TableRow } from "../../../capture/tables/types.ts";
import type { ManyRow } from "../../../outbox/types.ts";
import { asType } from "./as-type.ts";
import type { GridColumn } from "./columns.ts";

/** A cell's value as its column is typed. `reads`: false when it does not read as that type and stays as it was found. */
export type Cell = { value: FieldValue; reads: boolean };

/** null: the row has nothing here. */
export function cellOf(row: TableRow, { source, type }: GridColumn): Cell | null {
	const value = found(row, source);
	if (value === null) return null;
	const read = asType(value, type);
	return { value: read ?? value, reads: read !== null };
}

function found(row: TableRow, source: GridColumn["source"]): FieldValue | null {
	switch (source.of) {
		case "cell":
			return row.cells[source.column] ?? null;
		case "row-address":
			return row.url === null ? null : { type: "url", value: row.url };
		case "text":
			return source.text === "" ? null : { type: "text", value: source.text };
	}
}

/** What one row is saved as. @param names the field of each shown column */
export function fieldsOf(row: TableRow, columns: readonly GridColumn[], names: ReadonlyMap<string, string>): Fields {
	const fields: Fields = {};
	for (const column of columns) {
		const name = names.get(column.id);
		const cell = name === undefined ? null : cellOf(row, column);
		if (name !== undefined && cell !== null) fields[name] = cell.value;
	}
	return fields;
}

/** A table's cell is said outright, but its column may be guessed from a list's shape. */
const tableConfidence = 0.9;

function provenanceOf(fields: Fields, columns: readonly GridColumn[], names: ReadonlyMap<string, string>): Provenance {
	const provenance: Provenance = {};
	for (const { id, source } of columns) {
		const name = names.get(id);
		if (name === undefined || !Object.hasOwn(fields, name)) continue;
		provenance[name] =
			source.of === "text"
				? { from: "typed", confidence: 1 }
				: {
						from: "table",
						path: (source.of === "cell" ? source.path : "a[href]").slice(0, 200),
						confidence: tableConfidence,
					};
	}
	return provenance;
}

export type RowPlan = {
	columns: readonly GridColumn[];
	names: ReadonlyMap<string, string>;
	targetId: string | null;
	/** The page where the table begins. */
	source: { url: string; title: string };
};

/** A row as the outbox takes it. `recordId`: the record that stands for it, where there is one. */
export function rowToSend(row: TableRow, plan: RowPlan, recordId: string | null): ManyRow {
	const { columns, names, targetId, source } = plan;
	const fields = fieldsOf(row, columns, names);
	const image = Object.values(fields).find((value) => value.type === "image");
	return {
		recordId,
		capture: {
			kind: "row",
			targetId,
			source,
			fields,
			provenance: provenanceOf(fields, columns, names),
			image: image?.type === "image" ? image.value : null,
			document: null,
		},
	};
}
