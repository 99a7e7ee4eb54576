import type { CheckpointName } from "../../backend/telemetry/checkpoint.ts";
import { type CheckpointAction, clearCheckpoints, readPlan, readReached, writePlan } from "../chaos/checkpoint-plan.ts";
import { waitUntil } from "./wait-until.ts";

/** One planned strike at a named point of the backend. */
export type Strike = {
	hasStruck(): boolean;
	/** Resolves when the point was reached and the strike happened. */
	struck(): Promise<void>;
	/** Lets a blocked backend go on. */
	release(): void;
};

export type Checkpoints = {
	folder: string;
	plan(point: CheckpointName, action: CheckpointAction, options?: { skip?: number }): Strike;
	/** How often a point has been passed since `clear`. */
	passes(point: CheckpointName): number;
	clear(): void;
};

let strikes = 0;

export function openCheckpoints(folder: string): Checkpoints {
	clearCheckpoints(folder);
	return {
		folder,
		plan: (point, action, { skip = 0 } = {}) => {
			strikes += 1;
			const id = `strike-${strikes}`;
			writePlan(folder, [...readPlan(folder), { id, point, action, skip }]);
			const hasStruck = () => readReached(folder).includes(`struck ${id}`);
			return {
				hasStruck,
				struck: async () => void (await waitUntil(`${point} to be reached`, hasStruck, { timeoutMs: 60_000 })),
				release: () =>
					writePlan(
						folder,
						readPlan(folder).filter((entry) => entry.id !== id),
					),
			};
		},
		passes: (point) => readReached(folder).filter((note) => note === point).length,
		clear: () => clearCheckpoints(folder),
	};
}
