import { Type } from "@sinclair/typebox";
import type { PushTarget } from "../connector.ts";
import { rowsOf } from "./replies.ts";
import type { Session } from "./session.ts";
import { type KeyColumn, tableName } from "./sql-names.ts";
import { SessionError } from "./trouble.ts";

const KeyRows = Type.Array(Type.Object({ name: Type.String(), type: Type.String(), key: Type.Boolean() }));

/**
 * The columns whose values are a row's id: those of its primary key, or of the match key where it has none. Types come from the
 * catalogue of this moment and not from what was stored.
 */
export async function readKey(
	sql: Session,
	target: Pick<PushTarget, "containerId" | "tableId" | "matchKey">,
): Promise<KeyColumn[]> {
	const reply = await sql.unsafe(
		`select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type, coalesce(a.attnum = any(i.indkey), false) as key
		from pg_attribute a
		left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
		where a.attrelid = to_regclass($1::text) and a.attnum > 0 and not a.attisdropped
		order by array_position(i.indkey::int2[], a.attnum), a.attnum`,
		[tableName(target)],
	);
	const columns = rowsOf(KeyRows, reply);
	if (columns.length === 0) throw new SessionError({ kind: "table_missing" });
	const primary = columns.filter(({ key }) => key);
	if (primary.length > 0) return primary;
	return target.matchKey.map((id) => {
		const column = columns.find(({ name }) => name === id);
		if (column === undefined) throw new SessionError({ kind: "column_missing" });
		return column;
	});
}
