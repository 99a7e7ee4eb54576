import { ringLanes } from "../records/ring-lanes.ts";
import { type EngineDeps, workerOf } from "../sync/engine-deps.ts";
import { startRun } from "./run-target.ts";
import { nextRunAfter, type Timing } from "./schedule.ts";

type Deps = Pick<EngineDeps, "database" | "ring" | "log">;
type DueTarget = { id: string; workspaceId: string };

/** So many are started at one wake-up; the next one goes on. */
const maxAtOnce = 500;

/**
 * Starts the run of every target whose moment has come (SYNC-2). `targets.next_run_at` is the truth, so that no restart, no emptied queue
 * and no second worker loses or doubles one: the moment is moved on in the transaction that starts its run. Moments that
 * passed while nothing was running are made up for by one run.
 *
 * @param now a parameter so that a test can choose the day
 * @returns how many runs were started
 */
export async function startDueRuns(deps: Deps, now: Date = new Date()): Promise<number> {
	const due = await deps.database.asService(
		"find the targets whose run is due",
		async (sql) =>
			await sql<DueTarget[]>`
			select id, workspace_id from sheaf.targets
			where next_run_at <= ${now} and status = 'active' order by next_run_at limit ${maxAtOnce}`,
	);
	let started = 0;
	for (const target of due) {
		try {
			if (await startDueRun(deps, target, now)) started += 1;
		} catch (error) {
			// One target that cannot be started keeps no other waiting (promise I5).
			deps.log.warn({ err: error, workspaceId: target.workspaceId, targetId: target.id }, "a run could not be started");
		}
	}
	return started;
}

async function startDueRun(deps: Deps, { id, workspaceId }: DueTarget, now: Date): Promise<boolean> {
	const run = await deps.database.asTenant(workerOf(workspaceId), async (sql) => {
		const [target] = await sql<(Timing & { nextRunAt: Date })[]>`
			select frequency, schedule, next_run_at from sheaf.targets
			where workspace_id = sheaf.current_workspace() and id = ${id} and next_run_at <= ${now} and status = 'active'
			for update skip locked`;
		if (target === undefined) return null;
		await sql`
			update sheaf.targets set last_run_at = ${now}, next_run_at = ${nextRunAfter(target, now)}
			where workspace_id = sheaf.current_workspace() and id = ${id}`;
		return await startRun(sql, { id, cause: "schedule", sessionId: null, scheduledFor: target.nextRunAt });
	});
	if (run === null) return false;
	if (run.queued > 0) ringLanes(deps, workspaceId, [run.lane]);
	return true;
}
