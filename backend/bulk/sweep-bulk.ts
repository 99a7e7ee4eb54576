import type { Logger } from "pino";
import type { AsService } from "../db/as-service.ts";
import { wait } from "../sync/wait.ts";

const everyMs = 1_000;

/** An operation that runs; `lane` is its id, by which it is rung for. */
export type RunningBulk = { workspaceId: string; lane: string };

/**
 * Rings every second for every operation that runs: what was just begun, what waits for the engine to catch up, what a killed worker left.
 * Nothing else rings, so that a ring cannot be lost. Resolves once the signal is aborted.
 */
export async function startBulkSweep(
	deps: { database: { asService: AsService }; ring(operation: RunningBulk): Promise<void>; log: Pick<Logger, "warn"> },
	signal: AbortSignal,
): Promise<void> {
	while (!signal.aborted) {
		try {
			for (const operation of await findRunning(deps.database.asService)) {
				if (signal.aborted) return;
				await deps.ring(operation);
			}
		} catch (error) {
			deps.log.warn({ err: error }, "the sweep of bulk operations found no answer; it tries again");
		}
		await wait(everyMs, signal);
	}
}

/** Over all tenants, and no content. */
export async function findRunning(asService: AsService): Promise<RunningBulk[]> {
	return await asService("find the bulk operations that run", async (sql) => {
		const rows = await sql<RunningBulk[]>`
			select workspace_id, id as lane from sheaf.bulk_operations where status = 'running'`;
		return rows.map(({ workspaceId, lane }) => ({ workspaceId, lane }));
	});
}
