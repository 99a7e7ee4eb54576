import type { RecordProblem } from "../../../backend/contract/errors.ts";
import type { RecordRemote } from "../../../backend/contract/records.ts";
import { t } from "../../i18n/t.ts";
import type { RecordState } from "../../outbox/types.ts";

/** The line of truth of a record, for example "In Airtable"; `icon` names the shape beside it. */
export type StatusWords = { words: (providerTitle: string, reason: string) => string; icon: StatusIcon };
export type StatusIcon = "hollow" | "arrow" | "half" | "check" | "alert" | "undo";

/** Complete over every state: a state without words does not compile. */
export const statusWords: Record<RecordState, StatusWords> = {
	local: { words: () => t("status.local"), icon: "hollow" },
	sending: { words: () => t("status.sending"), icon: "arrow" },
	stored: { words: () => t("status.stored"), icon: "half" },
	delivering: { words: () => t("status.stored"), icon: "half" },
	delivered: { words: (provider) => t("status.delivered", { provider }), icon: "check" },
	undoing: { words: (provider) => t("status.undoing", { provider }), icon: "undo" },
	needs_you: { words: (_provider, reason) => t("status.needs_you", { reason }), icon: "alert" },
};

/** In place of "In Airtable" once somebody has edited the row there, or deleted it. `ago` ends a sentence: "5 min ago". */
export const remoteWords: Record<RecordRemote["state"], (provider: string, ago: string) => string> = {
	changed: (provider, ago) => t("status.changed", { provider, ago }),
	gone: (provider) => t("status.gone", { provider }),
};

/** Beside a record whose row was deleted. */
export const putBack = t("status.putBack");

/** While changes are not told as they happen. */
export const notLive = t("status.notLive");

/** In place of "At the server" where its target holds records for review; a link to where that is done. */
export const waitsForReview = t("status.waitsForReview");

/** The same while a destination that takes nothing back can still be kept from getting it. */
export const sentIn = (seconds: number) => t("status.sentIn", { seconds });

/** In place of "Saved here" while the person only looks where they work: captured there as one who looks, so for any workspace. */
export const waitsForSwitch = (workspace: string) => t("status.waitsForSwitch", { workspace });

/** The same for a record that belongs there already, from when the person could add. */
export const waitsForRole = (workspace: string) => t("status.waitsForRole", { workspace });

/** The one button beside a record that needs the person. */
export const actionWords: Record<RecordProblem["action"], string> = {
	retry: t("status.action.retry"),
	reconnect: t("status.action.reconnect"),
	edit: t("status.action.edit"),
	mend_target: t("status.action.mend_target"),
	choose: t("status.action.choose"),
};

/** In place of "Try again" for a record whose workspace is closed to its person. */
export const sendHere = t("status.sendHere");

/** Beside a record that waits for a workspace where its person only looks: from then on any other will do. */
export const sendElsewhere = t("status.sendElsewhere");

/** Shown as the reason when a record needs the person and carries none. */
export const unknownReason = t("status.unknownReason");

/** Said beside a record's state when the device is offline and the record has not left it. */
export const offlineWord = t("status.offlineWord");
