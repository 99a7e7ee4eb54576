export type Field = {
	id: number;
	name: string;
	type: string;
	primary?: true;
	read_only?: true;
	date_include_time?: boolean;
	number_decimal_places?: number;
	max_value?: number;
	select_options?: { id: number; value: string; color: string }[];
};

/** Cells are kept as they are answered, under `field_<id>`. */
export type Row = { id: number } & Record<string, unknown>;

/** What a token may do in a table. */
export type Right = "create" | "read" | "update" | "delete";

export type Table = {
	id: number;
	name: string;
	database_id: number;
	fields: Field[];
	rows: Row[];
	lastId: number;
	rights: Set<Right>;
};

export type World = { tables: Table[]; tokens: Set<string>; files: Map<string, { original: string; size: number }> };
