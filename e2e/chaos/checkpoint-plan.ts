import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { CheckpointName } from "../../backend/telemetry/checkpoint.ts";

/** What the backend does at a named point: kill itself, or wait there until the plan no longer says so. */
export type CheckpointAction = "kill" | "block";

/** `skip`: how many passes go by before it strikes. Each entry strikes once. */
export type PlannedCheckpoint = { id: string; point: CheckpointName; action: CheckpointAction; skip: number };

const planFile = (folder: string) => `${folder}/plan.json`;
const reachedFile = (folder: string) => `${folder}/reached.log`;

/** What the backend under test reads at every point. Files, so that a plan and its proof outlive a SIGKILL. */
export function readPlan(folder: string): PlannedCheckpoint[] {
	if (!existsSync(planFile(folder))) return [];
	return JSON.parse(readFileSync(planFile(folder), "utf8")) as PlannedCheckpoint[];
}

/** Written by rename: a reader never sees half a plan. */
export function writePlan(folder: string, plan: PlannedCheckpoint[]): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(`${planFile(folder)}.new`, JSON.stringify(plan));
	renameSync(`${planFile(folder)}.new`, planFile(folder));
}

/** Noted before anything strikes: proof that the point was reached. */
export function noteReached(folder: string, what: string): void {
	appendFileSync(reachedFile(folder), `${what}\n`);
}

/** Every note so far: names of points that were passed, and `struck <id>` for each plan entry that struck. */
export function readReached(folder: string): string[] {
	if (!existsSync(reachedFile(folder))) return [];
	return readFileSync(reachedFile(folder), "utf8").trim().split("\n").filter(Boolean);
}

export function clearCheckpoints(folder: string): void {
	writePlan(folder, []);
	rmSync(reachedFile(folder), { force: true });
}
