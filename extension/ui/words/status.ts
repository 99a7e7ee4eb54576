import type { RecordProblem } from "../../../backend/contract/errors.ts";
import type { RecordState } from "../../outbox/types.ts";

/** The line of truth of a record, for example "In Airtable"; `icon` names the shape beside it. */
export type StatusWords = { words: (providerTitle: string, reason: string) => string; icon: StatusIcon };
export type StatusIcon = "hollow" | "arrow" | "half" | "check" | "alert";

/** Complete over every state: a state without words does not compile. */
export const statusWords: Record<RecordState, StatusWords> = {
	local: { words: () => "Saved here", icon: "hollow" },
	sending: { words: () => "Sending", icon: "arrow" },
	stored: { words: () => "At the server", icon: "half" },
	delivering: { words: () => "At the server", icon: "half" },
	delivered: { words: (provider) => `In ${provider}`, icon: "check" },
	needs_you: { words: (_provider, reason) => `Needs you: ${reason}`, icon: "alert" },
};

/** The one button beside a record that needs the person. */
export const actionWords: Record<RecordProblem["action"], string> = {
	retry: "Try again",
	reconnect: "Reconnect",
	edit: "Edit",
	mend_target: "Open settings",
};

/** In place of "Try again" for a record whose workspace is closed to its person. */
export const sendHere = "Send to this workspace";

/** Shown as the reason when a record needs the person and carries none. */
export const unknownReason = "it was not accepted, and no reason was given.";

/** Said beside a record's state when the device is offline and the record has not left it. */
export const offlineWord = "offline";
