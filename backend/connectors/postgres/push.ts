import { Type } from "@sinclair/typebox";
import type { PushRow, PushTarget } from "../connector.ts";
import { readKey } from "./catalogue.ts";
import { sentCells } from "./cells.ts";
import { rowsOf } from "./replies.ts";
import type { Session } from "./session.ts";
import { hasId, idOf, type KeyColumn, quoted, tableName } from "./sql-names.ts";
import { SessionError } from "./trouble.ts";

type Pushed = { ref: string; remoteId: string; created: boolean };
type FoldedRow = { refs: string[]; cells: PushRow["cells"]; remoteId: string | null };

const Written = Type.Array(
	Type.Object({ part: Type.Integer(), n: Type.Integer(), id: Type.String(), created: Type.Boolean() }),
);

/**
 * One statement, and so one transaction: all rows or none. Rows with the same columns are a part of their own, because a field that was
 * not captured has to leave its cell, and give a new row the column's default. The values travel as one parameter per part, read in the
 * table's own row type: nothing is guessed at and nothing is put into the SQL but quoted names.
 */
export async function pushRows(sql: Session, target: PushTarget, rows: readonly PushRow[]): Promise<Pushed[]> {
	const keys = await readKey(sql, target);
	const parts = partsOf(foldByKey(target, rows));
	const statement = parts.map(({ columns, rows: own }, part) => {
		const knows = own.some(({ remoteId }) => remoteId !== null);
		return partSql({ target, keys, columns, part, knows });
	});
	const text = `with ${statement.map(({ ctes }) => ctes).join(",\n")}\n${statement.map(({ answer }) => answer).join("\nunion all\n")}`;
	const values = parts.map(({ rows: own }) =>
		JSON.stringify(own.map(({ cells, remoteId }) => ({ id: remoteId, cells: sentCells(cells, target.columns) }))),
	);
	const written = rowsOf(Written, await sql.unsafe(text, values));
	return parts.flatMap(({ rows: own }, part) =>
		own.flatMap(({ refs }, index) => {
			const found = written.find((row) => row.part === part && row.n === index + 1);
			// A trigger of theirs turned the row away without a word.
			if (found === undefined) throw new SessionError({ kind: "value", said: "", column: null });
			return refs.map((ref) => ({ ref, remoteId: found.id, created: found.created }));
		}),
	);
}

/** Two rows of one key in one statement are an error; the later one's cells win. */
function foldByKey(target: PushTarget, rows: readonly PushRow[]): FoldedRow[] {
	const folded = new Map<string, FoldedRow>();
	for (const { ref, cells, remoteId } of rows) {
		const key = JSON.stringify(target.matchKey.map((id) => cells[id] ?? null));
		const earlier = folded.get(key);
		folded.set(key, {
			refs: [...(earlier?.refs ?? []), ref],
			cells: { ...earlier?.cells, ...cells },
			remoteId: remoteId ?? earlier?.remoteId ?? null,
		});
	}
	return [...folded.values()];
}

type Part = { columns: string[]; rows: FoldedRow[] };

function partsOf(rows: readonly FoldedRow[]): Part[] {
	const parts = new Map<string, Part>();
	for (const row of rows) {
		const columns = Object.keys(row.cells).toSorted();
		const name = JSON.stringify(columns);
		const part = parts.get(name) ?? { columns, rows: [] };
		part.rows.push(row);
		parts.set(name, part);
	}
	return [...parts.values()];
}

type PartSql = {
	target: PushTarget;
	keys: readonly KeyColumn[];
	columns: readonly string[];
	part: number;
	knows: boolean;
};

function partSql({ target, keys, columns, part, knows }: PartSql): { ctes: string; answer: string } {
	const table = tableName(target);
	const names = columns.map(quoted);
	const list = names.join(", ");
	const matched = target.matchKey.map(quoted);
	const changed = columns.filter((column) => !target.matchKey.includes(column)).map(quoted);
	const set = (changed.length > 0 ? changed : matched).map((name) => `${name} = excluded.${name}`).join(", ");
	const sent = `sent${part} as materialized (
	select e.n, e.value ->> 'id' as remote_id, ${names.map((name) => `g.${name}`).join(", ")}
	from jsonb_array_elements($${part + 1}::text::jsonb) with ordinality as e (value, n),
		jsonb_populate_record(null::${table}, e.value -> 'cells') as g)`;
	const known = `known${part} as (
	update ${table} as t set ${names.map((name) => `${name} = s.${name}`).join(", ")} from sent${part} s
	where s.remote_id is not null and ${hasId("t", keys, "s.remote_id")} returning s.n, ${idOf("t", keys)} as id)`;
	const fresh = knows ? ` where not exists (select from known${part} k where k.n = s.n)` : "";
	const made = `made${part} as (
	insert into ${table} as t (${list}) select ${names.map((name) => `s.${name}`).join(", ")} from sent${part} s${fresh}
	on conflict (${matched.join(", ")}) do update set ${set}
	returning ${idOf("t", keys)} as id, t.xmax = 0 as created, ${matched.map((name, index) => `t.${name} as k${index}`).join(", ")})`;
	const same = matched.map((name, index) => `m.k${index} = s.${name}`).join(" and ");
	const answers = [
		`select ${part} as part, s.n::int as n, m.id, m.created from made${part} m join sent${part} s on ${same}${fresh}`,
		...(knows ? [`select ${part}, k.n::int, k.id, false from known${part} k`] : []),
	];
	return { ctes: [sent, ...(knows ? [known] : []), made].join(",\n"), answer: answers.join("\nunion all\n") };
}
