import type { SelectionRow, SelectionRowPage, SelectionRowsQuery } from "../contract/selections.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { readSelection } from "./selection-view.ts";

type Deps = { database: { asTenant: AsTenant } };
type Row = Omit<SelectionRow, "seenAt"> & { seenAt: Date };

const pageSize = 50;
const longestTitle = 200;

/**
 * A page of the rows of a selection that a person may have to look at, in the order of the source's ids. Gone are those whose record is
 * still here, and none where the selection does not tell of them: the same rows that its view counts.
 *
 * @throws SheafError `selections/not-found`
 */
export async function listSelectionRows(
	{ database }: Deps,
	principal: Principal,
	{ id, state = "gone", cursor, limit = pageSize }: SelectionRowsQuery & { id: string },
): Promise<SelectionRowPage> {
	return await database.asTenant(principal, async (sql) => {
		await readSelection(sql, id);
		const which =
			state === "gone"
				? sql`s.state = 'gone' and picked.gone = 'tell' and r.id is not null`
				: sql`s.state = 'present' and s.problem is not null`;
		const rows = await sql<Row[]>`
			select s.external_id, r.id as record_id, d.remote_url, case when s.state = 'present' then s.problem end as problem, s.seen_at,
				left(coalesce(r.source ->> 'title', (
					select field.value ->> 'value' from jsonb_each(s.fields) field where field.value ->> 'type' = 'text' limit 1
				), ''), ${longestTitle}) as title
			from sheaf.selections picked
			join sheaf.source_rows s on s.workspace_id = picked.workspace_id and s.selection_id = picked.id
				and s.target_id = picked.target_id
			left join sheaf.records r on r.workspace_id = s.workspace_id and r.id = s.record_id
			left join sheaf.deliveries d on d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id
			where picked.workspace_id = (select sheaf.current_workspace()) and picked.id = ${id} and ${which}
				and s.external_id > ${cursor ?? ""}
			order by s.external_id limit ${limit + 1}`;
		const page = rows.slice(0, limit).map(({ seenAt, ...row }) => ({ ...row, seenAt: seenAt.toISOString() }));
		return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.externalId ?? null) : null };
	});
}

/**
 * Rows that are gone at the source are to stay at the destination: what was known of them is forgotten. One that comes back there is taken
 * in as a change of the record that it has.
 *
 * @returns how many of them were gone
 * @throws SheafError `selections/not-found`
 */
export async function keepGoneRows(
	{ database }: Deps,
	principal: Principal,
	{ id, externalIds }: { id: string; externalIds: readonly string[] },
): Promise<number> {
	return await database.asTenant(principal, async (sql) => {
		await readSelection(sql, id);
		const [counted] = await sql<{ kept: number }[]>`
			with kept as (
				delete from sheaf.source_rows
				where workspace_id = sheaf.current_workspace() and selection_id = ${id} and state = 'gone'
					and external_id = any(${[...externalIds]}::text[])
				returning selection_id
			), noted as (
				insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
				select distinct ${principal.sessionId}::uuid, 'selection.keep', 'selection', selection_id, 'stored' from kept
			)
			select count(*)::integer as kept from kept`;
		return counted?.kept ?? 0;
	});
}
