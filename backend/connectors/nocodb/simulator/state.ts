export type Column = {
	id: string;
	title: string;
	uidt: string;
	pk?: true;
	pv?: true;
	system?: true;
	meta?: Readonly<Record<string, unknown>>;
	choices?: string[];
};

export type Table = { id: string; title: string; columns: Column[]; rows: Record<string, unknown>[]; lastId: number };

/** What the token's person may do in a base: viewers read, editors write rows, creators change columns. */
export type Role = "creator" | "editor" | "viewer";

export type Base = { id: string; title: string; role: Role; tables: Table[] };

export type World = {
	bases: Base[];
	tokens: Set<string>;
	/** Rows in one request that writes (`NC_DATA_PAYLOAD_LIMIT`). */
	maxRowsPerRequest: number;
	idsMade: number;
};

/** NocoDB keeps rows by column ids here, so that a renamed column keeps its cells. */
export function rowByTitles(table: Table, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		table.columns.map((column) => [
			column.title,
			column.choices === undefined ? (row[column.id] ?? null) : choices(row[column.id]),
		]),
	);
}

/** Version 2 of the interface answers several choices as one text. */
function choices(cell: unknown): unknown {
	return Array.isArray(cell) ? cell.join(",") : (cell ?? null);
}

export function tableOf(world: World, id: string | undefined): { base: Base; table: Table } | null {
	for (const base of world.bases) {
		const table = base.tables.find((candidate) => candidate.id === id);
		if (table !== undefined) return { base, table };
	}
	return null;
}
