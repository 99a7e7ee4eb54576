import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";
import { emitConnectionEvent } from "../events/emit.ts";
import { sendWaiting } from "../targets/standing.ts";

/**
 * A connection pauses when it has failed this often in a row and for this long, and never before (ACC-4): a provider's bad
 * afternoon is waited out, a server that was taken down is not asked every few seconds for ever.
 */
const pauseAfterFailures = 10;
const pauseAfterHours = 24;

/**
 * The provider no longer accepts the credential: the connection says so and its active targets pause. Their records stay as
 * they are and wait.
 *
 * @param status `revoked`: taken back there; `expired`: it ran out, or its renewal was lost
 * @param credentialJwe the envelope that was refused: a verdict on one that has been replaced since counts for nothing
 */
export async function markRevoked(
	sql: Transaction,
	verdict: { connectionId: string; credentialJwe: string; problem: RecordProblem; status?: "revoked" | "expired" },
): Promise<void> {
	const { connectionId, credentialJwe, problem, status = "revoked" } = verdict;
	const changed = await sql`
		with revoked as (
			update sheaf.connections
			set status = ${status}, problem = ${JSON.stringify(problem)}::text::jsonb, last_checked_at = now(), updated_at = now(),
				refresh_at = null, refresh_lease = null, refresh_lease_until = null
			where workspace_id = sheaf.current_workspace() and id = ${connectionId} and credential_jwe = ${credentialJwe}
				and status not in ('revoked', 'expired')
			returning id, owner_id, status
		), paused as (${pausedTargets(sql, problem)} from revoked r
			where t.workspace_id = sheaf.current_workspace() and t.connection_id = r.id and t.status = 'active'
			returning t.id, t.owner_id
		)
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		select owner_id, 'connection.needs_attention', 'connection', id, status from revoked
		union all
		select owner_id, 'target.pause', 'target', id, 'reconnect' from paused
		returning subject_id`;
	if (changed.length > 0) await emitConnectionEvent(sql, { type: "connection.needs_attention", connectionId });
}

function pausedTargets(sql: Transaction, problem: RecordProblem) {
	return sql`
			update sheaf.targets t
			set status = 'paused', problem = ${JSON.stringify(problem)}::text::jsonb, updated_at = now()`;
}

/** The person took the account away: its targets keep their mapping and pause, and their records wait. */
export async function pauseForDisconnect(
	sql: Transaction,
	connectionId: string,
	problem: RecordProblem,
): Promise<void> {
	await sql`
		with paused as (${pausedTargets(sql, problem)}
			where t.workspace_id = sheaf.current_workspace() and t.connection_id = ${connectionId} and t.status = 'active'
			returning t.id, t.owner_id
		)
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		select owner_id, 'target.pause', 'target', id, 'reconnect' from paused`;
}

/** Targets that paused because of their account go on, and what rested goes out now. Returns the lanes to ring. */
export async function resumeTargets(sql: Transaction, connectionId: string): Promise<string[]> {
	const resumed = await sql<{ id: string }[]>`
		update sheaf.targets set status = 'active', problem = null, updated_at = now()
		where workspace_id = sheaf.current_workspace() and connection_id = ${connectionId} and status = 'paused'
			and problem->>'action' in ('reconnect', 'retry') returning id`;
	return await sendWaiting(
		sql,
		resumed.map((target) => target.id),
	);
}

/**
 * The account answered: clears what was wrong. Written at most twice a minute, because it is the same row for every batch.
 *
 * @returns the lanes to ring, when targets went on
 */
export async function noteSuccess(sql: Transaction, connectionId: string): Promise<string[]> {
	const [noted] = await sql<{ before: string; after: string; ownerId: string }[]>`
		update sheaf.connections c
		set status = case when c.expires_at < now() + interval '7 days' then 'expiring' else 'healthy' end, problem = null,
			failures = 0, failing_since = null, last_success_at = now(), last_checked_at = now(), updated_at = now()
		where c.workspace_id = sheaf.current_workspace() and c.id = ${connectionId}
			and c.status not in ('revoked', 'expired', 'disconnected')
			and (c.status not in ('healthy', 'expiring') or c.last_success_at is null
				or c.last_success_at < now() - interval '30 seconds')
		returning old.status as before, c.status as after, c.owner_id`;
	if (noted?.after === "expiring" && noted.before !== "expiring") {
		await emitConnectionEvent(sql, { type: "connection.expiring", connectionId });
	}
	if (noted === undefined || noted.before === "healthy" || noted.before === "expiring") return [];
	await noteRecovered(sql, { connectionId, ownerId: noted.ownerId });
	return noted.before === "paused" ? await resumeTargets(sql, connectionId) : [];
}

/** What had failed works again. In the transaction that found it out. */
export async function noteRecovered(
	sql: Transaction,
	{ connectionId, ownerId }: { connectionId: string; ownerId: string },
): Promise<void> {
	await sql`
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		values (${ownerId}, 'connection.recovered', 'connection', ${connectionId}, 'healthy')`;
	await emitConnectionEvent(sql, { type: "connection.recovered", connectionId });
}

/**
 * The provider is busy or away. Passing: the next delivery that arrives clears it. Only being away counts as failing, once a
 * minute at most, and after long enough of it the connection pauses: then Sheaf asks by itself every few hours, and goes on
 * when there is an answer.
 */
export async function noteTrouble(
	sql: Transaction,
	{ connectionId, problem }: { connectionId: string; problem: RecordProblem },
): Promise<void> {
	const busy = ["delivery/provider-busy", "delivery/quota-exhausted", "connections/provider-busy"].includes(
		problem.code,
	);
	const shown = JSON.stringify(problem);
	const changed = await sql`
		with noted as (
			update sheaf.connections c
			set problem = ${shown}::text::jsonb, last_checked_at = now(), updated_at = now(),
				failures = case when ${busy} then 0 else c.failures + 1 end,
				failing_since = case when ${busy} then null else coalesce(c.failing_since, now()) end,
				next_check_at = least(c.next_check_at, greatest(now(), c.last_checked_at) + interval '1 minute'),
				status = case
					when ${busy} then 'rate_limited'
					when c.failures + 1 >= ${pauseAfterFailures}
						and c.failing_since < now() - make_interval(hours => ${pauseAfterHours}) then 'paused'
					else 'failing' end
			where c.workspace_id = sheaf.current_workspace() and c.id = ${connectionId}
				and c.status not in ('revoked', 'expired', 'disconnected', 'paused')
				and (c.problem is distinct from ${shown}::text::jsonb or c.last_checked_at < now() - interval '1 minute')
			returning c.id, c.owner_id, c.status
		), paused as (${pausedTargets(sql, problem)} from noted n
			where n.status = 'paused' and t.workspace_id = sheaf.current_workspace() and t.connection_id = n.id
				and t.status = 'active'
			returning t.id, t.owner_id
		)
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		select owner_id, 'connection.needs_attention', 'connection', id, status from noted where status = 'paused'
		union all
		select owner_id, 'target.pause', 'target', id, 'retry' from paused
		returning subject_id`;
	if (changed.length > 0) await emitConnectionEvent(sql, { type: "connection.needs_attention", connectionId });
}
