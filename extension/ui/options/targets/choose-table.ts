import type { Table } from "../../../../backend/contract/connections.ts";

/** Tables under the base or file they live in, in the order discovery gave them. */
export type TableGroup = { containerId: string; containerName: string; tables: Table[] };

/** Groups what matches `search` in the table's or the container's name, ignoring case. */
export function groupTables(tables: readonly Table[], search: string): TableGroup[] {
	const wanted = search.trim().toLocaleLowerCase();
	const groups = new Map<string, TableGroup>();
	for (const table of tables) {
		const { id, name } = table.container;
		if (!`${table.name}\n${name}`.toLocaleLowerCase().includes(wanted)) continue;
		const group = groups.get(id) ?? { containerId: id, containerName: name, tables: [] };
		group.tables.push(table);
		groups.set(id, group);
	}
	return [...groups.values()];
}

/**
 * The table to suggest first: one that rows can be matched in by an address, since every capture has one; among those the
 * first. Otherwise the first table that can be written to at all.
 */
export function firstTable(tables: readonly Table[]): Table | null {
	const writable = tables.filter((table) => table.fields.some((field) => field.writable));
	const byAddress = writable.find((table) =>
		table.fields.some((field) => field.writable && field.matchable && field.type === "url"),
	);
	return byAddress ?? writable[0] ?? tables[0] ?? null;
}

/** Table ids are unique in their container only. */
export function tableKey(table: Pick<Table, "id" | "container">): string {
	return `${table.container.id}/${table.id}`;
}
