import type { TableColumn, TableRow } from "./types.ts";

/** A table or list of the page before its rows are read in full. */
export type Found = {
	id: string;
	kind: "table" | "list";
	/** The elements of its rows. */
	items: readonly Element[];
	title: string;
	total: number;
	score: number;
	/** As they are in its first rows (`bounds.sampleRows`). */
	columns: TableColumn[];
	rows: TableRow[];
	/** Its first `limit` rows; columns that are known keep their names and types. */
	read: (limit: number, known: readonly TableColumn[]) => { columns: TableColumn[]; rows: TableRow[] };
};
