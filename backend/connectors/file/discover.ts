import type { Table } from "../../contract/connections.ts";
import type { SourceSchema } from "../../contract/sources.ts";
import { operatorsFor } from "../source-values.ts";
import type { Layout } from "./layout.ts";
import { fieldTypes } from "./value-kinds.ts";

/** The same for every file, so that the rows of a newer one are those of the one before. */
export const tableId = "rows";

/** The columns of a file. @param key the one that tells rows apart, where one was named */
export function schemaOf(layout: Layout, key: string | null): SourceSchema {
	const columns = layout.columns.map(({ name, kind }) => {
		const type = fieldTypes[kind];
		const searchable = type === "text" || type === "url";
		const operators = operatorsFor(type);
		return { id: name, name, type, providerType: kind, key: name === key, searchable, operators };
	});
	return { columns, needsKey: false };
}

/** A file is one table. */
export function tableOf(name: string, { columns }: Layout): Table {
	return {
		id: tableId,
		name,
		container: { id: "", name: "" },
		fields: columns.map((column) => ({
			id: column.name,
			name: column.name,
			type: tableTypes[fieldTypes[column.kind]] ?? "text",
			providerType: column.kind,
			writable: false,
			matchable: false,
		})),
	};
}

const tableTypes: Readonly<Record<string, Table["fields"][number]["type"]>> = {
	number: "number",
	boolean: "boolean",
	date: "date",
	url: "url",
	list: "multi_select",
};
