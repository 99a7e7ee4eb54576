import type { TargetView } from "../../../../backend/contract/targets.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import type { Account } from "../../../settings/account.ts";

/** The three steps to a first row; each is done or not by itself, and the first that is not is the one to do. */
export type Steps = { signedIn: boolean; connected: boolean; captured: boolean };
export type StepName = keyof Steps;

export const stepNames: readonly StepName[] = ["signedIn", "connected", "captured"];

type StepsInput = { account: Account | null; targets: readonly TargetView[]; recent: readonly LocalRecord[] };

/** `captured`: a record of this device has reached a table, not only the server. */
export function stepsOf({ account, targets, recent }: StepsInput): Steps {
	return {
		signedIn: account !== null,
		connected: targets.length > 0,
		captured: recent.some((record) => record.state === "delivered"),
	};
}

/** null: all are done. */
export function nextStep(steps: Steps): StepName | null {
	return stepNames.find((name) => !steps[name]) ?? null;
}
