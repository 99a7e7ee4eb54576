import { ringLanes } from "../records/ring-lanes.ts";
import { type EngineDeps, workerOf } from "../sync/engine-deps.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { type ChunkResult, runChunk } from "./run-chunk.ts";

type Deps = Pick<EngineDeps, "database" | "ring" | "log">;

export type BulkRef = { workspaceId: string; operationId: string };

/** While so many deliveries of its targets are due, an operation hands over no more. */
const maxDue = 2_000;

/** After so many chunks a job ends and is rung again: other operations wait for a free worker too. */
const maxChunks = 20;

/**
 * Carries an operation on, chunk by chunk, until it has ended, was stopped, or has handed over enough for now; the sweep rings again then.
 *
 * @throws what the database throws: nothing of that chunk was done, and the next job does it
 */
export async function runBulk(deps: Deps, { workspaceId, operationId }: BulkRef, signal: AbortSignal): Promise<void> {
	for (let chunks = 0; chunks < maxChunks && !signal.aborted; chunks++) {
		if (await isEngineBusy(deps, { workspaceId, operationId })) return;
		const result: ChunkResult = await deps.database.asTenant(
			workerOf(workspaceId),
			async (sql) => await runChunk(sql, operationId),
		);
		await checkpoint("bulk/after-commit");
		if (result === null) return;
		ringLanes(deps, workspaceId, result.lanes);
		if (result.ended || result.advanced === 0) return;
	}
}

/** Looks at what is due at targets that go on: what waits at a paused one holds nothing up. Deleting alone gives the engine no work. */
async function isEngineBusy({ database }: Deps, { workspaceId, operationId }: BulkRef): Promise<boolean> {
	return await database.asTenant(workerOf(workspaceId), async (sql) => {
		const [counted] = await sql<{ due: number }[]>`
			select count(*)::integer as due from (
				select 1 from sheaf.bulk_operations o
				join sheaf.targets t on t.workspace_id = o.workspace_id and t.id = any(o.target_ids) and t.status = 'active'
				join sheaf.deliveries d on d.workspace_id = t.workspace_id and d.target_id = t.id
					and d.state = 'pending' and d.next_attempt_at <= now()
				where o.workspace_id = (select sheaf.current_workspace()) and o.id = ${operationId} and (o.kind <> 'delete' or o.remote_rows)
				limit ${maxDue}
			) busy`;
		return (counted?.due ?? 0) >= maxDue;
	});
}
