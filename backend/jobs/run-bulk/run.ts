import { Value } from "@sinclair/typebox/value";
import { runBulk } from "../../bulk/run-bulk.ts";
import type { EngineDeps } from "../../sync/engine-deps.ts";
import { RunBulkPayload } from "./payload.ts";

/**
 * Carries one bulk operation on.
 *
 * @param data the job's data, which was stored by some version of this program: checked like any input
 * @throws when the data is none of ours, or the database is away: the sweep rings again
 */
export async function runRunBulk(deps: EngineDeps, data: unknown, signal: AbortSignal): Promise<void> {
	if (!Value.Check(RunBulkPayload, data)) throw new Error("A job of run-bulk carries something else.");
	const { workspaceId, lane } = data;
	await runBulk(deps, { workspaceId, operationId: lane }, signal);
}
