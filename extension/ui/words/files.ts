import { t } from "../../i18n/t.ts";

/** Files of rows that a person adds, replaces and deletes. */
export const fileWords = {
	add: t("files.add"),
	adding: t("files.adding"),
	label: t("files.label"),
	choose: t("files.choose"),
	dropHint: t("files.dropHint"),
	kinds: t("files.kinds"),
	reading: t("files.reading"),
	sending: t("files.sending"),
	sendingName: (name: string) => t("files.sendingName", { name }),
	there: t("files.there"),
	empty: t("files.empty"),
	tooLarge: t("files.tooLarge"),
	replace: t("files.replace"),
	replaceTitle: (name: string) => t("files.replaceTitle", { name }),
	replaceNote: t("files.replaceNote"),
	deleteKept: t("files.deleteKept"),
};
