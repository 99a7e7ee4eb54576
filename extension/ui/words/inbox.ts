import { plural, t } from "../../i18n/t.ts";

/** The sentences of the inbox, and of the switch that fills it. */
export const inboxWords = {
	hold: t("inbox.hold"),
	holdSwitch: t("inbox.holdSwitch"),
	holdNote: t("inbox.holdNote"),

	lead: t("inbox.lead"),
	what: t("inbox.what"),
	signIn: t("inbox.signIn"),
	empty: t("inbox.empty"),
	emptyButton: t("inbox.emptyButton"),
	waiting: (count: number) => plural("inbox.waiting", count),
	approve: t("inbox.approve"),
	approving: t("inbox.approving"),
	approveAll: t("inbox.approveAll"),
	discard: t("inbox.discard"),
	approveOf: (title: string) => t("inbox.approveOf", { title }),
	discardOf: (title: string) => t("inbox.discardOf", { title }),
	discarded: (title: string) => t("inbox.discarded", { title }),
	allDone: t("inbox.allDone"),
	title: t("inbox.title"),
	untitled: t("inbox.untitled"),
	mend: t("inbox.mend"),
	lookOnly: (workspace: string) => t("inbox.lookOnly", { workspace }),
};
