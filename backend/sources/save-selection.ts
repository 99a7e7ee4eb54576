import type { ConnectionDeps } from "../connections/connection-deps.ts";
import type { SelectionCreate, SelectionPatch, SelectionView } from "../contract/selections.ts";
import type { SourceSchema } from "../contract/sources.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { targetNotFound } from "../targets/read-targets.ts";
import { checkedSchedule, nextRunAfter } from "../targets/schedule.ts";
import { readSourceSchema } from "./browse-source.ts";
import { checkedFilter, refuseWithoutKey } from "./check-filter.ts";
import { getSelection, readSelection, selectionNotFound } from "./selection-view.ts";
import { sourceText } from "./source-text.ts";

const maxSelections = 200;

/**
 * Saves what is to be picked from where, and where it goes. Nothing is picked yet: that is a run's work.
 *
 * @throws SheafError `selections/too-many`, `targets/not-found`, `targets/schedule-invalid`, `sources/filter-invalid`, `sources/key-needed`, and
 *   what reading the source's columns throws
 */
export async function createSelection(
	deps: ConnectionDeps,
	principal: Principal,
	{ connectionId, place, targetId, tableName, ...wanted }: SelectionCreate,
): Promise<SelectionView> {
	const schema = await readSourceSchema(deps, principal, { connectionId, place });
	refuseWithoutKey(schema);
	const { name, mode = "all", gone = "tell", frequency = "manual", search = null, columns = null } = wanted;
	const filter = checkedFilter(wanted.filter ?? [], schema);
	refuseUnknownColumns(columns, schema);
	const schedule = checkedSchedule({ frequency, schedule: wanted.schedule ?? null });
	const nextRunAt = nextRunAfter({ frequency, schedule }, new Date());
	return await deps.database.asTenant(principal, async (sql) => {
		await refuseTooMany(sql);
		await refuseUnknownTarget(sql, targetId);
		const [created] = await sql<{ id: string }[]>`
			with created as (
				insert into sheaf.selections (name, connection_id, place, table_name, source, filter, search, columns, mode, row_ids, target_id,
					gone, frequency, schedule, next_run_at)
				values (${name}, ${connectionId}, ${JSON.stringify(place)}::text::jsonb, ${tableName ?? place.tableId},
					${sourceText(connectionId, place)}, ${JSON.stringify(filter)}::text::jsonb, ${search}, ${columns}::text[], ${mode},
					${wanted.rowIds ?? []}::text[], ${targetId}, ${gone}, ${frequency},
					${schedule === null ? null : JSON.stringify(schedule)}::text::jsonb, ${nextRunAt})
				returning id
			), noted as (
				insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
				select ${principal.sessionId}::uuid, 'selection.create', 'selection', id, 'stored' from created
			)
			select id from created`;
		if (created === undefined) throw new Error("A selection was not stored.");
		return await readSelection(sql, created.id);
	});
}

/**
 * Changes a selection, pauses or resumes it, or sends it elsewhere. Where what is asked for changes, it is checked against the table as it is now.
 *
 * @throws SheafError `selections/not-found`, `selections/target-gone`, and what `createSelection` throws
 */
export async function updateSelection(
	deps: ConnectionDeps,
	principal: Principal,
	{ id, patch }: { id: string; patch: SelectionPatch },
): Promise<SelectionView> {
	if (patch.filter !== undefined || patch.columns !== undefined) {
		const before = await getSelection(deps, principal, id);
		const schema = await readSourceSchema(deps, principal, before);
		checkedFilter(patch.filter ?? before.filter, schema);
		refuseUnknownColumns(patch.columns === undefined ? before.columns : patch.columns, schema);
	}
	return await deps.database.asTenant(principal, async (sql) => {
		// Somebody else may have changed it while the source was asked, and what they changed stays.
		await sql`select from sheaf.selections where workspace_id = sheaf.current_workspace() and id = ${id} for update`;
		const after = { ...(await readSelection(sql, id)), ...patch };
		if (patch.paused === false) refuseWithoutTarget(after);
		const { frequency } = after;
		const schedule = checkedSchedule({ frequency, schedule: after.schedule });
		const nextRunAt = nextRunAfter({ frequency, schedule }, new Date());
		if (patch.targetId !== undefined) await refuseUnknownTarget(sql, patch.targetId);
		await sql`
			with changed as (
				update sheaf.selections
				set name = ${after.name}, target_id = ${after.targetId}, filter = ${JSON.stringify(after.filter)}::text::jsonb, search = ${after.search},
					columns = ${after.columns}::text[], mode = ${after.mode}, row_ids = ${after.rowIds}::text[], gone = ${after.gone},
					frequency = ${frequency}, schedule = ${schedule === null ? null : JSON.stringify(schedule)}::text::jsonb,
					paused = ${after.paused}, problem = case when ${patch.paused === false} then null else problem end,
					next_run_at = ${nextRunAt}, updated_at = now()
				where workspace_id = sheaf.current_workspace() and id = ${id}
				returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'selection.update', 'selection', id, 'stored' from changed`;
		return await readSelection(sql, id);
	});
}

/**
 * Deletes a selection and its runs. The records that came from it stay, and so does what is known of their rows: picked again, they are found.
 *
 * @throws SheafError `selections/not-found`
 */
export async function deleteSelection(deps: ConnectionDeps, principal: Principal, id: string): Promise<void> {
	await deps.database.asTenant(principal, async (sql) => {
		const noted = await sql`
			with deleted as (
				delete from sheaf.selections where workspace_id = sheaf.current_workspace() and id = ${id} returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'selection.delete', 'selection', id, 'stored' from deleted
			returning subject_id`;
		if (noted.length === 0) throw selectionNotFound();
	});
}

/** @throws SheafError `selections/target-gone` */
export function refuseWithoutTarget({ targetId }: Pick<SelectionView, "targetId">): void {
	if (targetId !== null) return;
	throw new SheafError("selections/target-gone", "The target of this selection was deleted. Choose another one.");
}

async function refuseUnknownTarget(sql: Transaction, id: string): Promise<void> {
	const [target] = await sql`select from sheaf.targets where workspace_id = sheaf.current_workspace() and id = ${id}`;
	if (target === undefined) throw targetNotFound();
}

function refuseUnknownColumns(columns: readonly string[] | null, schema: SourceSchema): void {
	const unknown = columns?.find((id) => !schema.columns.some((column) => column.id === id));
	if (unknown === undefined) return;
	throw new SheafError("sources/filter-invalid", `There is no column “${unknown}”. Choose the columns again.`, {
		details: { column: unknown },
	});
}

async function refuseTooMany(sql: Transaction): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('sheaf.selections/' || sheaf.current_workspace()::text, 0))`;
	const [counted] = await sql<{ count: number }[]>`
		select count(*)::integer as count from sheaf.selections where workspace_id = sheaf.current_workspace()`;
	if ((counted?.count ?? 0) < maxSelections) return;
	throw new SheafError(
		"selections/too-many",
		`A workspace holds ${maxSelections} selections at most. Delete one that is no longer needed.`,
		{ details: { max: maxSelections } },
	);
}
