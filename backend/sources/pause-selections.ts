import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";

/** Those of a connection, or those that go to one of these targets. */
export type Hanging = { connectionId: string } | { targetIds: readonly string[] };

/**
 * What they stand on was taken away: these selections pause with the reason, and their runs end. In the transaction that takes it away; what
 * they picked stays.
 */
export async function pauseSelections(sql: Transaction, hanging: Hanging, problem: RecordProblem): Promise<void> {
	const told = JSON.stringify(problem);
	const which =
		"connectionId" in hanging
			? sql`connection_id = ${hanging.connectionId}`
			: sql`target_id = any(${[...hanging.targetIds]}::uuid[])`;
	await sql`
		with hanging as (
			select id, owner_id, paused from sheaf.selections where workspace_id = sheaf.current_workspace() and ${which}
		), ended as (
			update sheaf.selection_runs
			set status = 'failed', finished_at = now(), updated_at = now(), problem = ${told}::text::jsonb
			where workspace_id = sheaf.current_workspace() and status = 'running' and selection_id in (select id from hanging)
		), paused as (
			update sheaf.selections s set paused = true, problem = ${told}::text::jsonb, updated_at = now()
			from hanging h where s.workspace_id = sheaf.current_workspace() and s.id = h.id and not h.paused
		)
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		select owner_id, 'selection.pause', 'selection', id, ${problem.action} from hanging where not paused`;
}

/** The account is back: what paused with it goes on, and what said that it needs it says so no more. One that a person paused stays so. */
export async function resumeSelections(sql: Transaction, connectionId: string): Promise<void> {
	await sql`
		update sheaf.selections
		set paused = paused and problem ->> 'code' <> 'connections/disconnected', problem = null, updated_at = now()
		where workspace_id = sheaf.current_workspace() and connection_id = ${connectionId} and problem ->> 'action' = 'reconnect'`;
}
