import type { ConnectionDeps } from "../connections/connection-deps.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { ringLanes } from "../records/ring-lanes.ts";
import { lockWrites } from "../records/write-lock.ts";
import { targetNotFound } from "./read-targets.ts";

/**
 * Sends everything that waits for a target now: what a manual target has gathered, and what rests after failed attempts. What waits for
 * review goes on waiting.
 *
 * @returns how many records the run took on
 * @throws SheafError `targets/not-found`, or `targets/paused` with the reason
 */
export async function runTarget(
	deps: Pick<ConnectionDeps, "database" | "ring" | "log">,
	principal: Principal,
	id: string,
): Promise<{ queued: number }> {
	const started = await deps.database.asTenant(
		principal,
		async (sql) => await startRun(sql, { id, cause: "manual", sessionId: principal.sessionId }),
	);
	if (started.queued > 0) ringLanes(deps, principal.workspaceId, [started.lane]);
	return { queued: started.queued };
}

export type RunCause = "manual" | "schedule" | "trigger" | "bulk";

type StartRun = {
	id: string;
	cause: RunCause;
	sessionId: string | null;
	/** The moment of its schedule, of which there is one run. */
	scheduledFor?: Date | null;
};

/**
 * The run as part of a transaction; the lane is to be rung once that has committed.
 *
 * @throws SheafError `targets/not-found`, or `targets/paused` with the reason
 */
export async function startRun(
	sql: Transaction,
	{ id, cause, sessionId, scheduledFor = null }: StartRun,
): Promise<{ queued: number; lane: string }> {
	await lockWrites(sql);
	const [target] = await sql<{ status: string; lane: string; ownerId: string; problem: { message: string } | null }[]>`
		select status, owner_id, connection_id || '/' || container_id as lane, problem from sheaf.targets
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
	if (target === undefined) throw targetNotFound();
	if (target.status === "paused") {
		throw new SheafError("targets/paused", target.problem?.message ?? "This target is paused. Resume it first.");
	}
	const due = await sql`
		update sheaf.deliveries d set next_attempt_at = now(), attempts = 0, updated_at = now()
		from sheaf.records r
		where d.workspace_id = sheaf.current_workspace() and d.target_id = ${id} and d.state = 'pending'
			and r.workspace_id = d.workspace_id and r.id = d.record_id and r.superseded_by is null
			and d.review is distinct from 'waiting'
		returning d.record_id`;
	await sql`
		with run as (
			insert into sheaf.runs (owner_id, target_id, cause, queued, scheduled_for)
			values (coalesce(${cause === "schedule" ? target.ownerId : null}::uuid, sheaf.current_user_id()), ${id}, ${cause}, ${due.length}, ${scheduledFor})
		)
		insert into sheaf.audit_log (owner_id, session_id, action, subject_type, subject_id, outcome)
		values (coalesce(${cause === "schedule" ? target.ownerId : null}::uuid, sheaf.current_user_id()), ${sessionId}::uuid, 'target.run', 'target', ${id}, 'stored')`;
	return { queued: due.length, lane: target.lane };
}
