import type { Sql } from "postgres";
import { describeSchema } from "../../../../backend/db/describe-schema.ts";

export type Constraint = { table: string; name: string; definition: string };

/** What makes a table what it is, read from the catalogue, so that the plan stays true when the table changes. */
export type TableDefinition = {
	name: string;
	columns: string[];
	/** In the order of the primary key, which starts with the workspace. */
	key: string[];
	primaryKey: Constraint;
	foreignKeys: Constraint[];
	/** Those of other tables that point here. */
	referencedBy: Constraint[];
	/** The tables at the other end of those keys, with their partitions, as far as row-level security guards them. */
	neighbours: string[];
	/** Indexes, owner, row-level security, policies and grants, each a statement over `sheaf.<name>`. */
	statements: string[];
};

/** @param sql connected as the administrator or the owner */
export async function readTableDefinition(sql: Sql, name: string): Promise<TableDefinition> {
	const constraints = await sql<(Constraint & { type: "p" | "f"; columns: string[] })[]>`
		select c.relname as table, conname as name, pg_get_constraintdef(k.oid) as definition, contype as type,
			(select array_agg(attname::text order by place) from unnest(conkey) with ordinality as key (number, place)
				join pg_attribute on attrelid = conrelid and attnum = number) as columns
		from pg_constraint k join pg_class c on c.oid = conrelid
		where contype in ('p', 'f') and conparentid = 0
			and ('sheaf.' || ${name})::regclass in (conrelid, case when contype = 'f' then confrelid end)
		order by contype, conname`;
	const primaryKey = constraints.find(({ type, table }) => type === "p" && table === name);
	if (primaryKey === undefined) throw new Error(`The table ${name} has no primary key.`);
	const foreignKeys = constraints.filter(({ type }) => type === "f");
	return {
		name,
		columns: await columnsOf(sql, name),
		key: primaryKey.columns,
		primaryKey,
		foreignKeys: foreignKeys.filter(({ table }) => table === name),
		referencedBy: foreignKeys.filter(({ table }) => table !== name),
		neighbours: await neighboursOf(sql, name),
		statements: statementsOf(await describeSchema(sql), name),
	};
}

async function columnsOf(sql: Sql, name: string): Promise<string[]> {
	const rows = await sql<{ name: string }[]>`
		select attname as name from pg_attribute
		where attrelid = ('sheaf.' || ${name})::regclass and attnum > 0 and not attisdropped order by attnum`;
	return rows.map((row) => row.name);
}

async function neighboursOf(sql: Sql, name: string): Promise<string[]> {
	const rows = await sql<{ name: string }[]>`
		with neighbour as (
			select case when conrelid = ('sheaf.' || ${name})::regclass then confrelid else conrelid end as oid
			from pg_constraint
			where contype = 'f' and conparentid = 0 and ('sheaf.' || ${name})::regclass in (conrelid, confrelid)
		)
		select distinct relname as name
		from neighbour
		cross join lateral (select neighbour.oid as relid union select relid from pg_partition_tree(neighbour.oid)) as part
		join pg_class on pg_class.oid = relid
		where relrowsecurity and neighbour.oid <> ('sheaf.' || ${name})::regclass order by 1`;
	return rows.map((row) => row.name);
}

/** The description is written for people: conditions stand without parentheses and an index of a partitioned table with ONLY. */
function statementsOf(description: string, name: string): string[] {
	const block = description.split("\n\n").find((part) => part.startsWith(`create table sheaf.${name} (`));
	if (block === undefined) throw new Error(`The schema has no table ${name}.`);
	return block
		.slice(block.indexOf("\n);") + "\n);".length)
		.split(/;\n?/)
		.map((statement) => statement.trim().replaceAll(/^( {2}using| {2}with check) (.*)$/gm, "$1 ($2)"))
		.map((statement) => statement.replace(" ON ONLY ", " ON "))
		.filter((statement) => statement !== "");
}
