import type { BlobHash } from "../contract/blobs.ts";
import type { ErrorCode, RecordProblem } from "../contract/errors.ts";
import type { RecordNote } from "../contract/records.ts";
import type { StoredConflict } from "../records/stored-conflict.ts";
import type { Intent } from "../records/undo-standing.ts";
import type { ClaimedTarget } from "./claim.ts";
import type { OlderRow } from "./plan-rows.ts";

/** How an attempt ended, as it stands in `delivery_attempts`. */
export type Outcome = "delivered" | "later" | "reconnect" | "refused" | "mend_target";

/** The state a delivery is in after each outcome, when its record has not changed meanwhile. Complete by type. */
export const stateAfter: Readonly<Record<Outcome, "delivered" | "pending" | "needs_you">> = {
	delivered: "delivered",
	later: "pending",
	reconnect: "pending",
	mend_target: "pending",
	refused: "needs_you",
};

export type Settlement = {
	recordId: string;
	epoch: string;
	version: number;
	outcome: Outcome;
	reason: ErrorCode | null;
	/** Shown beside the record while it waits or needs the person. */
	problem: RecordProblem | null;
	/** Failed attempts so far, this one included. */
	attempts: number;
	/** Before the next attempt, when there is one. */
	delayMs: number;
	remoteId: string | null;
	remoteUrl: string | null;
	/** Whether the push made a row; null where it says nothing of it. */
	created: boolean | null;
	/** What the person has to choose between. */
	conflict: StoredConflict | null;
	/** Fingerprints of what we left there; null keeps the ones there are. */
	base: Record<string, string> | null;
	/** What it lacks there once it is delivered. */
	note: RecordNote | null;
	older: readonly OlderRow[];
	/** The picture that it waits for: looked for once more where the result is written. */
	awaits: BlobHash | null;
};

export type SettleRequest = {
	workspaceId: string;
	target: ClaimedTarget;
	/** What was to be done with all of them. */
	intent: Intent;
	/** Whether the destination lets a row be taken back. */
	removes: boolean;
	/** After how long a row that arrived is looked at there; null where it cannot be read. */
	lookAfterMs: number | null;
	connection: { id: string; credentialJwe: string };
	settlements: readonly Settlement[];
};
