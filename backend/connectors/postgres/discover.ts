import { type Static, Type } from "@sinclair/typebox";
import type { Table } from "../../contract/connections.ts";
import { tableField } from "./column-kinds.ts";
import { rowsOf } from "./replies.ts";
import type { Session } from "./session.ts";

/** Tables and views of the schema; a view's columns are shown, and closed to writing. */
export async function discover(sql: Session, schema: string): Promise<Table[]> {
	const tables = new Map<string, Table>();
	for (const row of await readColumns(sql, schema)) {
		const container = { id: row.schema, name: row.schema };
		const table = tables.get(row.table) ?? { id: row.table, name: row.table, container, fields: [] };
		table.fields.push(tableField(row));
		tables.set(row.table, table);
	}
	return [...tables.values()];
}

const ColumnRow = Type.Object({
	schema: Type.String(),
	table: Type.String(),
	name: Type.String(),
	typname: Type.String(),
	written: Type.String(),
	mayWrite: Type.Boolean(),
	unique: Type.Boolean(),
	required: Type.Boolean(),
	options: Type.Union([Type.Array(Type.String()), Type.Null()]),
});
type ColumnRow = Static<typeof ColumnRow>;

/** Every column of the tables, views and partitioned tables of a schema that this user may read. */
async function readColumns(sql: Session, schema: string): Promise<ColumnRow[]> {
	const reply = await sql.unsafe(
		`select n.nspname::text as schema, c.relname::text as "table", a.attname::text as name, t.typname::text as typname,
			format_type(a.atttypid, a.atttypmod) as written,
			c.relkind in ('r', 'p') and a.attgenerated = '' and a.attidentity <> 'a'
				and has_column_privilege(c.oid, a.attnum, 'INSERT') and has_column_privilege(c.oid, a.attnum, 'UPDATE') as "mayWrite",
			exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null
				and i.indimmediate and a.attnum = any(i.indkey)) as unique,
			a.attnotnull and not a.atthasdef and a.attidentity = '' as required,
			to_jsonb(case when t.typtype = 'e'
				then array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) end) as options
		from pg_attribute a
		join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
		join pg_namespace n on n.oid = c.relnamespace
		join pg_type t on t.oid = a.atttypid
		where n.nspname = $1::text and a.attnum > 0 and not a.attisdropped
			and has_schema_privilege(n.oid, 'USAGE') and has_column_privilege(c.oid, a.attnum, 'SELECT')
		order by c.relname, a.attnum`,
		[schema],
	);
	return rowsOf(Type.Array(ColumnRow), reply);
}
