import type { RecordProblem } from "../../../backend/contract/errors.ts";
import type { TargetView } from "../../../backend/contract/targets.ts";
import type { LocalRecord, RecordState } from "../../outbox/types.ts";
import type { Settings } from "../local/settings.ts";

/** The one thing that is wrong enough to say so at the foot of the popup. */
export type Health =
	| { kind: "signed-out"; waiting: number }
	| { kind: "broken"; target: TargetView; problem: RecordProblem; waiting: number }
	| { kind: "ending"; target: TargetView; endsAt: string; waiting: number }
	| { kind: "paused"; target: TargetView; waiting: number }
	| { kind: "offline"; waiting: number };

/** What a missing network holds up; the rest has left the device. */
const heldHere: ReadonlySet<RecordState> = new Set<RecordState>(["local", "sending"]);

type HealthInput = {
	settings: Pick<Settings, "account" | "sessionEndedAt" | "targets">;
	unsettled: readonly LocalRecord[];
	waiting: number;
	/** The target in use: a pause the person chose is worth a line only there. */
	target: TargetView | null;
	online: boolean;
};

/** Null when nothing is wrong. The most stubborn trouble first: what the person must act on before what passes by itself. */
export function healthOf({ settings, unsettled, waiting, target, online }: HealthInput): Health | null {
	if (!settings.account && settings.sessionEndedAt !== null) return { kind: "signed-out", waiting };
	const waitingFor = (id: string) => unsettled.filter((record) => record.targetId === id).length;
	for (const one of settings.targets) {
		if (one.status === "paused" && one.problem) {
			return { kind: "broken", target: one, problem: one.problem, waiting: waitingFor(one.id) };
		}
	}
	for (const one of settings.targets) {
		if (one.accessEndsAt) {
			return { kind: "ending", target: one, endsAt: one.accessEndsAt, waiting: waitingFor(one.id) };
		}
	}
	if (target?.status === "paused") return { kind: "paused", target, waiting: waitingFor(target.id) };
	const here = unsettled.filter((record) => heldHere.has(record.state)).length;
	return online ? null : { kind: "offline", waiting: here };
}
