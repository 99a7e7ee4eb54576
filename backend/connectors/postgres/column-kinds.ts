import type { TableField } from "../../contract/connections.ts";

/** PostgreSQL's types in Sheaf's words. What is not here (bytea, ranges, geometry, extensions) is shown and never filled. */
const kinds: Readonly<Record<string, TableField["type"]>> = {
	text: "long_text",
	varchar: "text",
	bpchar: "text",
	citext: "text",
	name: "text",
	uuid: "text",
	json: "long_text",
	jsonb: "long_text",
	int2: "number",
	int4: "number",
	int8: "number",
	numeric: "number",
	float4: "number",
	float8: "number",
	money: "unsupported",
	bool: "boolean",
	date: "date",
	timestamp: "datetime",
	timestamptz: "datetime",
	_text: "multi_select",
	_varchar: "multi_select",
};

export type ColumnFacts = {
	name: string;
	/** The internal name, for example `int4` or `_text`. */
	typname: string;
	/** As it is written in SQL, for example `character varying(20)`. */
	written: string;
	mayWrite: boolean;
	unique: boolean;
	/** Takes no null and has nothing to put in its place. */
	required: boolean;
	options: readonly string[] | null;
};

/** `matchable`: covered by a unique index, without which there is no upsert. */
export function tableField({ name, typname, written, mayWrite, unique, required, options }: ColumnFacts): TableField {
	const type = options === null ? (kinds[typname] ?? "unsupported") : "select";
	const writable = mayWrite && type !== "unsupported";
	return {
		id: name,
		name,
		type,
		providerType: written,
		writable,
		matchable: writable && unique,
		...(options === null ? {} : { options: [...options] }),
		...(writable && required ? { required } : {}),
	};
}
