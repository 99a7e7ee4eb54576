import { Value } from "@sinclair/typebox/value";
import { runSelection } from "../../sources/run-selection.ts";
import type { EngineDeps } from "../../sync/engine-deps.ts";
import { RunSelectionPayload } from "./payload.ts";

/**
 * Carries one run of a selection on.
 *
 * @param data the job's data, which was stored by some version of this program: checked like any input
 * @throws when the data is none of ours, or the database is away: the sweep rings again
 */
export async function runRunSelection(deps: EngineDeps, data: unknown, signal: AbortSignal): Promise<void> {
	if (!Value.Check(RunSelectionPayload, data)) throw new Error("A job of run-selection carries something else.");
	const { workspaceId, lane } = data;
	await runSelection(deps, { workspaceId, runId: lane }, signal);
}
