import type { Table } from "../../contract/connections.ts";
import { sourceColumn } from "./columns.ts";
import { tablesOf } from "./entities.ts";

/** The tables that rows come from, by advertising product. They are the same for every account, and nothing writes to them. */
export function tables(dsp: boolean): Table[] {
	return tablesOf(dsp).map(({ id, name, product, columns }) => ({
		id,
		name,
		container: { ...product },
		fields: columns.map((column) => ({
			id: column.path,
			name: column.name,
			type: tableTypes[sourceColumn(column).type] ?? "text",
			providerType: column.kind,
			writable: false,
			matchable: false,
		})),
	}));
}

const tableTypes: Readonly<Record<string, Table["fields"][number]["type"]>> = {
	text: "text",
	number: "number",
	date: "date",
};
