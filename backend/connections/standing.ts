import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";

/**
 * The provider no longer accepts the credential: the connection says so and its active targets pause. Their records stay as
 * they are and wait.
 *
 * @param credentialJwe the envelope that was refused: a verdict on one that has been replaced since counts for nothing
 */
export async function markRevoked(
	sql: Transaction,
	{ connectionId, credentialJwe, problem }: { connectionId: string; credentialJwe: string; problem: RecordProblem },
): Promise<void> {
	await sql`
		with revoked as (
			update sheaf.connections
			set status = 'revoked', problem = ${JSON.stringify(problem)}::text::jsonb, last_checked_at = now(), updated_at = now()
			where workspace_id = sheaf.current_workspace() and id = ${connectionId} and credential_jwe = ${credentialJwe} and status <> 'revoked'
			returning id, owner_id
		), paused as (
			update sheaf.targets t
			set status = 'paused', problem = ${JSON.stringify(problem)}::text::jsonb, updated_at = now()
			from revoked r where t.workspace_id = sheaf.current_workspace() and t.connection_id = r.id and t.status = 'active'
			returning t.id, t.owner_id
		)
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		select owner_id, 'connection.needs_attention', 'connection', id, 'revoked' from revoked
		union all
		select owner_id, 'target.pause', 'target', id, 'reconnect' from paused`;
}

/** A delivery arrived: clears what was wrong. Written at most twice a minute, because it is the same row for every batch. */
export async function noteSuccess(sql: Transaction, connectionId: string): Promise<void> {
	await sql`
		update sheaf.connections
		set status = 'healthy', problem = null, last_success_at = now(), last_checked_at = now(), updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${connectionId} and status <> 'revoked'
			and (status <> 'healthy' or last_success_at is null or last_success_at < now() - interval '30 seconds')`;
}

/** The provider is busy or away. Passing: the next delivery that arrives clears it. */
export async function noteTrouble(
	sql: Transaction,
	{ connectionId, problem }: { connectionId: string; problem: RecordProblem },
): Promise<void> {
	const busy = problem.code === "delivery/provider-busy" || problem.code === "delivery/quota-exhausted";
	await sql`
		update sheaf.connections
		set status = ${busy ? "rate_limited" : "failing"}, problem = ${JSON.stringify(problem)}::text::jsonb,
			last_checked_at = now(), updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${connectionId} and status <> 'revoked'
			and problem is distinct from ${JSON.stringify(problem)}::text::jsonb`;
}
