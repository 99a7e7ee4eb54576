import type { SelectionRun, SelectionView } from "../contract/selections.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";

type RunRow = Omit<SelectionRun, "total" | "createdAt" | "finishedAt"> & {
	total: string | number | null;
	totalExact: boolean;
	createdAt: Date;
	finishedAt: Date | null;
};

type SelectionRow = Omit<SelectionView, "rows" | "lastRun" | "nextRunAt" | "createdAt" | "updatedAt"> & {
	present: number;
	goneRows: number;
	failedRows: number;
	nextRunAt: Date | null;
	createdAt: Date;
	updatedAt: Date;
};

type Deps = { database: { asTenant: AsTenant } };

/** The workspace's selections, the newest first. */
export async function listSelections({ database }: Deps, principal: Principal): Promise<SelectionView[]> {
	return await database.asTenant(principal, async (sql) => await readSelections(sql));
}

/** @throws SheafError `selections/not-found` */
export async function getSelection({ database }: Deps, principal: Principal, id: string): Promise<SelectionView> {
	return await database.asTenant(principal, async (sql) => await readSelection(sql, id));
}

/** @throws SheafError `selections/not-found`, also for another workspace's */
export async function readSelection(sql: Transaction, id: string): Promise<SelectionView> {
	const [selection] = await readSelections(sql, id);
	if (selection === undefined) throw selectionNotFound();
	return selection;
}

export function selectionNotFound(): SheafError {
	return new SheafError("selections/not-found", "There is no such selection.");
}

async function readSelections(sql: Transaction, id: string | null = null): Promise<SelectionView[]> {
	const rows = await sql<SelectionRow[]>`
		select s.id, s.name, s.connection_id, c.provider, s.place, s.table_name, s.filter, s.search, s.columns, s.mode, s.row_ids,
			s.target_id, s.gone, s.frequency, s.schedule, s.paused, s.problem, s.next_run_at, s.created_at, s.updated_at,
			counted.present, counted.gone_rows, counted.failed_rows
		from sheaf.selections s
		join sheaf.connections c on c.workspace_id = s.workspace_id and c.id = s.connection_id
		cross join lateral (
			select count(*) filter (where r.state = 'present')::integer as present,
				count(*) filter (where r.state = 'gone' and s.gone = 'tell' and exists (
					select from sheaf.records where workspace_id = r.workspace_id and id = r.record_id
				))::integer as gone_rows,
				count(*) filter (where r.state = 'present' and r.problem is not null)::integer as failed_rows
			from sheaf.source_rows r where r.workspace_id = s.workspace_id and r.selection_id = s.id and r.target_id = s.target_id
		) counted
		where s.workspace_id = (select sheaf.current_workspace()) and (${id}::uuid is null or s.id = ${id}::uuid)
		order by s.created_at desc, s.id desc`;
	const runs = await sql<(RunRow & { selectionId: string })[]>`
		select distinct on (selection_id) selection_id, ${runColumns(sql)} from sheaf.selection_runs
		where workspace_id = (select sheaf.current_workspace()) and (${id}::uuid is null or selection_id = ${id}::uuid)
		order by selection_id, created_at desc, id desc`;
	const lastRuns = new Map(runs.map(({ selectionId, ...run }) => [selectionId, runView(run)]));
	return rows.map(({ present, goneRows, failedRows, nextRunAt, createdAt, updatedAt, ...row }) => ({
		...row,
		rows: { present, gone: goneRows, failed: failedRows },
		lastRun: lastRuns.get(row.id) ?? null,
		nextRunAt: nextRunAt?.toISOString() ?? null,
		createdAt: createdAt.toISOString(),
		updatedAt: updatedAt.toISOString(),
	}));
}

/**
 * The newest twenty runs of a selection.
 *
 * @throws SheafError `selections/not-found`
 */
export async function listSelectionRuns({ database }: Deps, principal: Principal, id: string): Promise<SelectionRun[]> {
	return await database.asTenant(principal, async (sql) => {
		await readSelection(sql, id);
		const rows = await sql<RunRow[]>`
			select ${runColumns(sql)} from sheaf.selection_runs
			where workspace_id = (select sheaf.current_workspace()) and selection_id = ${id}
			order by created_at desc, id desc limit 20`;
		return rows.map(runView);
	});
}

function runColumns(sql: Transaction) {
	return sql`id, cause, status, total, total_exact, listed, added, changed, unchanged, gone, failed, problem, created_at, finished_at`;
}

function runView({ total, totalExact, createdAt, finishedAt, ...run }: RunRow): SelectionRun {
	return {
		...run,
		total: total === null ? null : { count: Number(total), exact: totalExact },
		createdAt: createdAt.toISOString(),
		finishedAt: finishedAt?.toISOString() ?? null,
	};
}
