import { Value } from "@sinclair/typebox/value";
import { startDueSelections } from "../../sources/start-selection-run.ts";
import type { EngineDeps } from "../../sync/engine-deps.ts";
import { startDueRuns } from "../../targets/start-due-runs.ts";
import { StartRunsPayload } from "./payload.ts";

/**
 * Starts the runs that are due, of all targets and selections.
 *
 * @throws when the data is none of ours, or the database is away: the next wake-up finds what this one left
 */
export async function runStartRuns(deps: EngineDeps, data: unknown): Promise<void> {
	if (!Value.Check(StartRunsPayload, data)) throw new Error("A job of start-runs carries something else.");
	await startDueRuns(deps);
	await startDueSelections(deps);
}
