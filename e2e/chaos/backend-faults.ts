import type { CheckpointName } from "../../backend/telemetry/checkpoint.ts";
import type { Fault } from "./fault.ts";

/** SIGKILL to the backend at a named point; somebody starts it again a moment later. */
const killedAt = (name: string, point: CheckpointName): Fault => ({
	name: `backend killed ${name}`,
	arm: async ({ stand }) => {
		const strike = stand.backend.checkpoints.plan(point, "kill");
		return {
			struck: () => strike.struck(),
			mend: async () => {
				await stand.backend.ended();
				await stand.backend.start();
			},
		};
	},
});

/** Every point at which a power cut leaves something half done. */
export const backendFaults: Fault[] = [
	killedAt("before the batch's transaction", "writes/before-transaction"),
	killedAt("inside the batch's transaction", "writes/in-transaction"),
	killedAt("after COMMIT, before its reply", "writes/after-commit"),
	killedAt("after a record was claimed", "deliver/after-claim"),
	killedAt("before the provider was asked", "deliver/before-push"),
	killedAt("after the provider accepted, before the result was settled", "deliver/after-accept"),
	killedAt("in the middle of settling", "deliver/before-settle"),
	killedAt("after the result was settled", "deliver/after-settle"),
];
