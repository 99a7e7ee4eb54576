/**
 * The backend as it is, with a listener at its named points: the entry that tests start in place of `backend/main.ts`.
 * The folder with the plan is the only thing this adds; see `checkpoint-plan.ts`.
 */
import { setTimeout as delay } from "node:timers/promises";
import { type CheckpointName, installCheckpointListener } from "../../backend/telemetry/checkpoint.ts";
import { noteReached, readPlan, readReached } from "./checkpoint-plan.ts";

const folder = process.env.SHEAF_TEST_CHECKPOINTS;
if (!folder) throw new Error("SHEAF_TEST_CHECKPOINTS names no folder.");

const passes = new Map<CheckpointName, number>();

async function listen(point: CheckpointName): Promise<void> {
	const pass = passes.get(point) ?? 0;
	passes.set(point, pass + 1);
	noteReached(folder ?? "", point);
	const struck = new Set(readReached(folder ?? ""));
	const entry = readPlan(folder ?? "").find(
		(planned) => planned.point === point && !struck.has(`struck ${planned.id}`),
	);
	if (!entry || entry.skip > pass) return;
	noteReached(folder ?? "", `struck ${entry.id}`);
	// No handler runs and nothing is flushed: what a power cut leaves is what counts.
	if (entry.action === "kill") process.kill(process.pid, "SIGKILL");
	while (readPlan(folder ?? "").some(({ id }) => id === entry.id)) await delay(20);
}

installCheckpointListener(listen);
await import("../../backend/main.ts");
