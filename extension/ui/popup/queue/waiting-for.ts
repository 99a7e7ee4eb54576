import type { TargetView } from "../../../../backend/contract/targets.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { hasLostWorkspace } from "../../local/lost-workspace.ts";

/** What a record waits for. Moments in epoch milliseconds. */
export type WaitingFor =
	| { for: "network" | "sign-in" | "target" | "review" | "nothing" }
	| { for: "resume"; target: TargetView }
	/** This device, or the server, tries again then. */
	| { for: "next-try"; at: number }
	/** The target's schedule. */
	| { for: "schedule"; target: TargetView; at: number };

export type Standing = {
	online: boolean;
	signedIn: boolean;
	target: TargetView | null;
	/** Until when what is unsent waits here; undefined: it is due. */
	dueAt: number | undefined;
	now: number;
};

/** The nearest thing that has to happen before the record gets on; what the person can change comes before what passes by itself. */
export function waitingFor(
	record: Pick<LocalRecord, "state" | "targetId" | "inReview" | "nextAttemptAt">,
	{ online, signedIn, target, dueAt, now }: Standing,
): WaitingFor {
	const isHere = record.state === "local" || record.state === "sending";
	if (isHere && !signedIn) return { for: "sign-in" };
	if (isHere && !online) return { for: "network" };
	if (isHere && dueAt !== undefined && dueAt > now) return { for: "next-try", at: dueAt };
	if (isHere) return { for: "nothing" };
	if (record.targetId === null || target === null) return { for: "target" };
	if (record.inReview) return { for: "review" };
	if (target.status === "paused") return { for: "resume", target };
	const at = Date.parse(record.nextAttemptAt ?? "");
	if (at > now) return { for: "next-try", at };
	const runs = Date.parse(target.nextRunAt ?? "");
	return target.frequency !== "on_capture" && runs > now ? { for: "schedule", target, at: runs } : { for: "nothing" };
}

/**
 * Whether a failed record may simply go again to where it was going. Also one that asks to be edited: its table may have been mended
 * instead, a choice added there for example.
 */
export function mayBeTried(record: Pick<LocalRecord, "state" | "problem">): boolean {
	const action = record.problem?.action ?? "retry";
	return record.state === "needs_you" && (action === "retry" || action === "edit") && !hasLostWorkspace(record);
}
