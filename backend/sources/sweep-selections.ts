import type { Logger } from "pino";
import type { AsService } from "../db/as-service.ts";
import { wait } from "../sync/wait.ts";

const everyMs = 1_000;

/** A run that goes on; `lane` is its id, by which it is rung for. */
export type RunningSelection = { workspaceId: string; lane: string };

/**
 * Rings every second for every run whose next page is due: what was just begun, what rested, what a killed worker left. Nothing else rings, so
 * that a ring cannot be lost. Resolves once the signal is aborted.
 */
export async function startSelectionSweep(
	deps: { database: { asService: AsService }; ring(run: RunningSelection): Promise<void>; log: Pick<Logger, "warn"> },
	signal: AbortSignal,
): Promise<void> {
	while (!signal.aborted) {
		try {
			for (const run of await findRunning(deps.database.asService)) {
				if (signal.aborted) return;
				await deps.ring(run);
			}
		} catch (error) {
			deps.log.warn({ err: error }, "the sweep of selections found no answer; it tries again");
		}
		await wait(everyMs, signal);
	}
}

/** Over all tenants, and no content; the one that has waited longest first, so that no workspace is before the others. */
async function findRunning(asService: AsService): Promise<RunningSelection[]> {
	return await asService("find the runs of selections that go on", async (sql) => {
		const rows = await sql<RunningSelection[]>`
			select workspace_id, id as lane from sheaf.selection_runs
			where status = 'running' and next_at <= now() order by next_at`;
		return rows.map(({ workspaceId, lane }) => ({ workspaceId, lane }));
	});
}
