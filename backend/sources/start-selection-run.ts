import type { SelectionRun } from "../contract/selections.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { type EngineDeps, workerOf } from "../sync/engine-deps.ts";
import { nextRunAfter, type Timing } from "../targets/schedule.ts";
import { refuseWithoutTarget } from "./save-selection.ts";
import { listSelectionRuns, readSelection } from "./selection-view.ts";

type Deps = { database: { asTenant: AsTenant } };

/** So many runs of a selection are kept. */
const keptRuns = 20;

/**
 * Begins a run; the sweep finds it and a worker carries it out.
 *
 * @throws SheafError `selections/not-found`, `selections/target-gone`; `selections/running` while another one goes on
 */
export async function startSelectionRun(deps: Deps, principal: Principal, id: string): Promise<SelectionRun> {
	await deps.database.asTenant(principal, async (sql) => {
		refuseWithoutTarget(await readSelection(sql, id));
		if (await beginRun(sql, { id, cause: "manual", sessionId: principal.sessionId })) return;
		throw new SheafError("selections/running", "This selection is being brought up to date already.");
	});
	const [run] = await listSelectionRuns(deps, principal, id);
	if (run === undefined) throw new Error("A run was not stored.");
	return run;
}

type Beginning = { id: string; cause: SelectionRun["cause"]; sessionId: string | null };

/** False while another run of the selection goes on. Runs beyond the newest go. */
async function beginRun(sql: Transaction, { id, cause, sessionId }: Beginning): Promise<boolean> {
	const begun = await sql`
		with begun as (
			insert into sheaf.selection_runs (owner_id, selection_id, cause)
			select owner_id, id, ${cause} from sheaf.selections where workspace_id = sheaf.current_workspace() and id = ${id}
			on conflict (workspace_id, selection_id) where status = 'running' do nothing
			returning selection_id, owner_id
		), noted as (
			insert into sheaf.audit_log (owner_id, session_id, action, subject_type, subject_id, outcome)
			select owner_id, ${sessionId}::uuid, 'selection.run', 'selection', selection_id, 'stored' from begun
		), timed as (
			update sheaf.selections set last_run_at = now()
			where workspace_id = sheaf.current_workspace() and id in (select selection_id from begun)
		)
		select from begun`;
	return begun.length > 0;
}

/**
 * Stops a run: the page at work is dropped or finished, the next one is not asked for. What was taken in stays. One that has ended stays
 * as it is.
 *
 * @throws SheafError `selections/not-found`
 */
export async function stopSelectionRun(deps: Deps, principal: Principal, id: string): Promise<SelectionRun[]> {
	await deps.database.asTenant(principal, async (sql) => {
		await readSelection(sql, id);
		await sql`
			with stopped as (
				update sheaf.selection_runs set status = 'stopped', finished_at = now(), updated_at = now()
				where workspace_id = sheaf.current_workspace() and selection_id = ${id} and status = 'running'
				returning selection_id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'selection.stop', 'selection', selection_id, 'stored' from stopped`;
	});
	return await listSelectionRuns(deps, principal, id);
}

type Due = { id: string; workspaceId: string };

/** So many are started at one wake-up; the next one goes on. */
const maxAtOnce = 500;

/**
 * Begins the run of every selection whose moment has come, each moment once: it is moved on in the transaction that begins the run.
 * One that still runs from the time before goes on, and the moment is let pass.
 *
 * @param now a parameter so that a test can choose the day
 * @returns how many runs were begun
 */
export async function startDueSelections(
	{ database, log }: Pick<EngineDeps, "database" | "log">,
	now: Date = new Date(),
): Promise<number> {
	const due = await database.asService(
		"find the selections whose run is due",
		async (sql) =>
			await sql<Due[]>`
			select id, workspace_id from sheaf.selections
			where next_run_at <= ${now} and not paused order by next_run_at limit ${maxAtOnce}`,
	);
	let begun = 0;
	for (const { id, workspaceId } of due) {
		try {
			if (await database.asTenant(workerOf(workspaceId), (sql) => beginDueRun(sql, id, now))) begun += 1;
		} catch (error) {
			// One that cannot be begun keeps no other waiting (promise I5).
			log.warn({ err: error, workspaceId, selectionId: id }, "a run of a selection could not be begun");
		}
	}
	return begun;
}

async function beginDueRun(sql: Transaction, id: string, now: Date): Promise<boolean> {
	const [selection] = await sql<Timing[]>`
		select frequency, schedule from sheaf.selections
		where workspace_id = sheaf.current_workspace() and id = ${id} and next_run_at <= ${now} and not paused
		for update skip locked`;
	if (selection === undefined) return false;
	await sql`
		update sheaf.selections set next_run_at = ${nextRunAfter(selection, now)}
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
	await sql`
		delete from sheaf.selection_runs where workspace_id = sheaf.current_workspace() and selection_id = ${id} and status <> 'running'
			and id not in (select id from sheaf.selection_runs
				where workspace_id = sheaf.current_workspace() and selection_id = ${id} order by created_at desc, id desc limit ${keptRuns})`;
	return await beginRun(sql, { id, cause: "schedule", sessionId: null });
}
