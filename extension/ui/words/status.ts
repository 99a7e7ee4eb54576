import type { RecordProblem } from "../../../backend/contract/errors.ts";
import type { RecordRemote } from "../../../backend/contract/records.ts";
import type { RecordState } from "../../outbox/types.ts";

/** The line of truth of a record, for example "In Airtable"; `icon` names the shape beside it. */
export type StatusWords = { words: (providerTitle: string, reason: string) => string; icon: StatusIcon };
export type StatusIcon = "hollow" | "arrow" | "half" | "check" | "alert" | "undo";

/** Complete over every state: a state without words does not compile. */
export const statusWords: Record<RecordState, StatusWords> = {
	local: { words: () => "Saved here", icon: "hollow" },
	sending: { words: () => "Sending", icon: "arrow" },
	stored: { words: () => "At the server", icon: "half" },
	delivering: { words: () => "At the server", icon: "half" },
	delivered: { words: (provider) => `In ${provider}`, icon: "check" },
	undoing: { words: (provider) => `Taking it back from ${provider}`, icon: "undo" },
	needs_you: { words: (_provider, reason) => `Needs you: ${reason}`, icon: "alert" },
};

/** In place of "In Airtable" once somebody has edited the row there, or deleted it. `ago` ends a sentence: "5 min ago". */
export const remoteWords: Record<RecordRemote["state"], (provider: string, ago: string) => string> = {
	changed: (provider, ago) => `Changed in ${provider}, ${ago}`,
	gone: (provider) => `Deleted in ${provider}`,
};

/** Beside a record whose row was deleted. */
export const putBack = "Put it back";

/** In place of "At the server" where its target holds records for review; a link to where that is done. */
export const waitsForReview = "Waits for review";

/** The same while a destination that takes nothing back can still be kept from getting it. */
export const sentIn = (seconds: number) => `Sent in ${seconds} s`;

/** In place of "Saved here" while the person only looks where they work: captured there as one who looks, so for any workspace. */
export const waitsForSwitch = (workspace: string) =>
	`Saved here. You can look but not add in ${workspace}; switch workspace to send it.`;

/** The same for a record that belongs there already, from when the person could add. */
export const waitsForRole = (workspace: string) =>
	`Saved here. You can look but not add in ${workspace} now; it is sent when you can add again.`;

/** The one button beside a record that needs the person. */
export const actionWords: Record<RecordProblem["action"], string> = {
	retry: "Try again",
	reconnect: "Reconnect",
	edit: "Edit",
	mend_target: "Fix",
	choose: "Choose",
};

/** In place of "Try again" for a record whose workspace is closed to its person. */
export const sendHere = "Send to this workspace";

/** Beside a record that waits for a workspace where its person only looks: from then on any other will do. */
export const sendElsewhere = "Send elsewhere";

/** Shown as the reason when a record needs the person and carries none. */
export const unknownReason = "it was not accepted, and no reason was given.";

/** Said beside a record's state when the device is offline and the record has not left it. */
export const offlineWord = "offline";
