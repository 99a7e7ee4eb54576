import { type Static, Type } from "@sinclair/typebox";
import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { SourceColumn, SourcePlace, SourceRow, SourceSchema, SourceTotal } from "../../contract/sources.ts";
import type { SourcePage, SourceQuery } from "../source.ts";
import { fieldOf, fieldTypeOf, operatorsFor } from "../source-values.ts";
import { readCell } from "./cells.ts";
import { tableField } from "./column-kinds.ts";
import { rowsOf } from "./replies.ts";
import type { Session } from "./session.ts";
import { conditionsOf } from "./source-conditions.ts";
import { comesAfter, idOf, type KeyColumn, literal, quoted, tableName } from "./sql-names.ts";
import { SessionError } from "./trouble.ts";

export const advice =
	"Let Sheaf in as a user that can only read: create role sheaf_reader login password '…'; grant usage on schema public to sheaf_reader; grant select on the_table to sheaf_reader;";

/** Rows counted one by one before the planner's estimate has to do. */
const countedAtMost = 10_000;
/** Types whose values are no text that anybody would read. */
const unreadable = new Set(["bytea", "tsvector", "oid"]);

const ColumnRow = Type.Object({
	name: Type.String(),
	typname: Type.String(),
	written: Type.String(),
	options: Type.Union([Type.Array(Type.String()), Type.Null()]),
	keyPlace: Type.Union([Type.Integer(), Type.Null()]),
});
type ColumnRow = Static<typeof ColumnRow>;

/**
 * The columns of a table or view that this user may read. Its key is the primary key, else the smallest unique index over columns
 * that are never empty; a view has none, and is gone through by the column that the place names.
 */
export async function readSchema(sql: Session, place: SourcePlace): Promise<SourceSchema> {
	const reply = await sql.unsafe(
		`select a.attname::text as name, t.typname::text as typname, format_type(a.atttypid, a.atttypmod) as written,
			to_jsonb(case when t.typtype = 'e'
				then array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) end) as options,
			array_position(k.names, a.attname::text) as "keyPlace"
		from pg_attribute a
		join pg_type t on t.oid = a.atttypid
		left join lateral (
			select array_agg(c.attname::text order by n.ordinality) as names
			from pg_index i
			cross join lateral unnest(i.indkey::int2[]) with ordinality n (attnum, ordinality)
			join pg_attribute c on c.attrelid = i.indrelid and c.attnum = n.attnum
			where i.indrelid = a.attrelid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
				and n.ordinality <= i.indnkeyatts
			group by i.indexrelid, i.indisprimary, i.indnkeyatts
			having bool_and(c.attnotnull and has_column_privilege(i.indrelid, c.attnum, 'SELECT'))
			order by i.indisprimary desc, i.indnkeyatts, i.indexrelid limit 1
		) k on true
		where a.attrelid = to_regclass($1::text) and a.attnum > 0 and not a.attisdropped
			and has_column_privilege(a.attrelid, a.attnum, 'SELECT')
		order by a.attnum`,
		[tableName(place)],
	);
	const rows = rowsOf(Type.Array(ColumnRow), reply).filter(({ typname }) => !unreadable.has(typname));
	if (rows.length === 0) throw new SessionError({ kind: "table_missing" });
	const hasKey = rows.some(({ keyPlace }) => keyPlace !== null);
	const isKey = (row: ColumnRow) => (hasKey ? row.keyPlace !== null : row.name === place.keyColumn);
	// The key's own order is that of its index, which a page is found by.
	const inOrder = rows.toSorted((one, other) => (one.keyPlace ?? 99) - (other.keyPlace ?? 99));
	return { columns: inOrder.map((row) => sourceColumn(row, isKey(row))), needsKey: !rows.some(isKey) };
}

function sourceColumn({ name, typname, written, options }: ColumnRow, key: boolean): SourceColumn {
	const field = tableField({ name, typname, written, mayWrite: false, unique: false, required: false, options });
	const type = fieldTypeOf(field.type);
	return {
		id: name,
		name,
		type,
		providerType: written,
		key,
		searchable: type === "text",
		operators: operatorsFor(type),
		...(options === null ? {} : { options }),
	};
}

/**
 * A page in the order of the key, found by the last row's key and never by counting rows, so that each page costs the same and rows that
 * come and go move none. In a transaction that can only read. Rows of a view without a value in its key column are not there.
 */
export async function listSource(
	sql: Session,
	place: SourcePlace,
	{ cursor, filter, search, limit, columns, schema }: SourceQuery,
): Promise<SourcePage> {
	const keys = keysOf(schema);
	const asked = conditionsOf({ filter, search, schema }, literal);
	const counting = cursor === null ? [countOf(place, asked)] : [];
	const from = cursor === null ? [] : [comesAfter("t", keys, literal(cursor))];
	const present = keys.map(({ name }) => `t.${quoted(name)} is not null`);
	const order = keys.map(({ name }) => `t.${quoted(name)}`).join(", ");
	// Read once where it is one of the columns.
	const keyAt = columns.findIndex(({ name, type }) => keys.length === 1 && name === keys[0]?.name && type !== "list");
	const shown = [...columns.map(shownAs), ...(keyAt < 0 ? [idOf("t", keys)] : [])];
	const paging = `select ${shown.join(", ")} from ${tableName(place)} as t where ${[...asked, ...from, ...present].join(" and ")}
		order by ${order} limit ${limit}`;
	const [reply, total] = await readOnly(sql, [
		sql.unsafe(paging).values(),
		...counting.map((counted) => sql.unsafe(counted)),
	]);
	const readers = readersOf(columns);
	const idAt = keyAt < 0 ? columns.length : keyAt;
	const rows = (reply ?? []).map((row) => sourceRow(row, readers, idAt));
	return {
		rows,
		cursor: rows.length < limit ? null : (rows.at(-1)?.externalId ?? null),
		...(total === undefined ? {} : { total: totalOf(total) }),
	};
}

/** @throws SessionError where nothing tells rows apart, or the schema is not this connector's */
function keysOf({ columns }: SourceSchema): KeyColumn[] {
	const keys = columns.filter(({ key }) => key);
	if (keys.length === 0) throw new SessionError({ kind: "no_primary_key" });
	return keys.map(({ name, providerType }) => ({ name, type: providerType }));
}

/** A query of the driver's, which asks nothing before it is executed. */
type Lazy = { execute(): PromiseLike<readonly unknown[]> };

/**
 * One round trip for all of it, beginning and end included. Queries without parameters, because the driver would ask the server for the types of those
 * first and send nothing meanwhile: with a transaction around them, four trips for each page.
 */
async function readOnly(sql: Session, queries: readonly Lazy[]): Promise<(readonly unknown[])[]> {
	const begun = sql.unsafe("begin transaction isolation level read committed read only").execute();
	const asked = queries.map((query) => query.execute());
	const ended = sql.unsafe("rollback").execute();
	const over = Promise.allSettled([...asked, ended]);
	// A server that refuses the first of them answers none of the others, and its reason is to be heard.
	await begun;
	try {
		return await Promise.all(asked);
	} finally {
		// Whatever became of it: a session that is kept goes on outside of the transaction.
		await over;
	}
}

function shownAs({ name, type }: SourceColumn): string {
	const cell = `t.${quoted(name)}`;
	return `${type === "list" ? `to_jsonb(${cell})` : cell}::text`;
}

/** Counted up to a bound; past it, and with no condition, the planner's number, which costs nothing. */
function countOf(place: SourcePlace, asked: readonly string[]): string {
	const where = asked.length === 0 ? "" : `where ${asked.join(" and ")}`;
	const estimate =
		asked.length === 0
			? `(select reltuples::bigint from pg_class where oid = to_regclass('${tableName(place).replaceAll("'", "''")}'))`
			: "0";
	return `select (select count(*) from (select from ${tableName(place)} as t ${where} limit ${countedAtMost + 1}) c)::text as counted,
		greatest(${estimate}, 0)::text as estimate`;
}

const TotalRow = Type.Array(Type.Object({ counted: Type.String(), estimate: Type.String() }));

function totalOf(reply: readonly unknown[]): SourceTotal {
	const [row] = rowsOf(TotalRow, reply);
	const counted = Number(row?.counted ?? 0);
	if (counted <= countedAtMost) return { count: counted, exact: true };
	return { count: Math.max(countedAtMost, Number(row?.estimate ?? 0)), exact: false };
}

/** As the server writes all but `infinity` and years before the first or past 9999: nothing is left to find out about it. */
const plainDate = /^\d{4}-\d\d-\d\d$/;

/** How each column's texts become fields, found out once for a page. */
function readersOf(columns: readonly SourceColumn[]): Reader[] {
	return columns.map((column) => ({ id: column.id, read: readerOf(column) }));
}

type Reader = { id: string; read: (text: string) => FieldValue | undefined };

/** As deliveries are read back, so that a value has one spelling. */
function readerOf({ id, name, type, providerType }: SourceColumn): Reader["read"] {
	const column = { id, name, providerType, writable: false, matchable: false };
	const slow = (kind: TableField["type"]) => (text: string) => fieldOf(readCell(text, { ...column, type: kind }), type);
	switch (type) {
		case "number": {
			const exactly = slow("number");
			return (text) => {
				const value = Number(text);
				return String(value) === text ? { type, value } : exactly(text);
			};
		}
		case "boolean":
			return slow("boolean");
		case "list":
			return slow("multi_select");
		case "date":
			if (providerType !== "date") return slow("datetime");
			return (text) => (plainDate.test(text) ? { type, value: text } : fieldOf(text, type));
		default:
			return /^jsonb?$/.test(providerType) ? slow("text") : (text) => fieldOf(text, type);
	}
}

/** @param row the cells as texts, in the order of the readers, with the row's id at `idAt` */
function sourceRow(row: unknown, readers: readonly Reader[], idAt: number): SourceRow {
	const texts = row as readonly unknown[];
	const id = texts[idAt];
	if (typeof id !== "string") throw new SessionError({ kind: "provider" });
	const fields: SourceRow["fields"] = {};
	for (const [index, reader] of readers.entries()) {
		const text = texts[index];
		const field = typeof text === "string" ? reader.read(text) : undefined;
		if (field !== undefined) fields[reader.id] = field;
	}
	return { externalId: id, fields, changedAt: null };
}
