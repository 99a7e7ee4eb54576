import type { PushTarget, RemoteRow, WantedRows } from "../connector.ts";
import { readKey } from "./catalogue.ts";
import { readCell, sentCells } from "./cells.ts";
import type { Session } from "./session.ts";
import { hasId, idOf, type KeyColumn, quoted, tableName } from "./sql-names.ts";
import { SessionError } from "./trouble.ts";

type Place = Pick<PushTarget, "containerId" | "tableId" | "matchKey" | "columns">;

/** The rows of these match keys or ids. Keys are compared in the columns' own types, as the upsert does. */
export async function readRows(sql: Session, target: Place, wanted: WantedRows): Promise<RemoteRow[]> {
	const keys = await readKey(sql, target);
	const table = tableName(target);
	const from =
		wanted.by === "id"
			? `from jsonb_array_elements_text($1::text::jsonb) w (id) join ${table} as t on ${hasId("t", keys, "w.id")}`
			: `from jsonb_populate_recordset(null::${table}, $1::text::jsonb) w
				join ${table} as t on ${target.matchKey.map((id) => `t.${quoted(id)} = w.${quoted(id)}`).join(" and ")}`;
	const values = wanted.by === "id" ? wanted.ids : wanted.keys.map((key) => sentCells(key, target.columns));
	return remoteRows(await sql.unsafe(`select ${shown(target, keys)} ${from}`, [JSON.stringify(values)]), target);
}

/** A row that is gone already counts as removed. */
export async function removeRows(sql: Session, target: Place, ids: readonly string[]): Promise<{ removed: string[] }> {
	const keys = await readKey(sql, target);
	await sql.unsafe(
		`delete from ${tableName(target)} as t using jsonb_array_elements_text($1::text::jsonb) w (id) where ${hasId("t", keys, "w.id")}`,
		[JSON.stringify(ids)],
	);
	return { removed: [...ids] };
}

/** The id, then one text per column: no type of theirs is taken apart by the driver. */
function shown({ columns }: Place, keys: readonly KeyColumn[]): string {
	const texts = columns.map(({ name, type }, index) => {
		const cell = `t.${quoted(name)}`;
		return `${type === "multi_select" ? `to_jsonb(${cell})` : cell}::text as c${index}`;
	});
	return [`${idOf("t", keys)} as id`, ...texts].join(", ");
}

function remoteRows(reply: readonly unknown[], { columns }: Place): RemoteRow[] {
	return reply.map((row) => {
		const texts = new Map(Object.entries(Object(row)));
		const id = texts.get("id");
		if (typeof id !== "string") throw new SessionError({ kind: "provider" });
		const cells = columns.flatMap((column, index): [string, unknown][] => {
			const text = texts.get(`c${index}`);
			const cell = readCell(typeof text === "string" ? text : null, column);
			return cell === undefined ? [] : [[column.id, cell]];
		});
		return { remoteId: id, cells: Object.fromEntries(cells), changedAt: null };
	});
}
