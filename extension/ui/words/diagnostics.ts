import { plural, t } from "../../i18n/t.ts";

/** The sentences about what Sheaf notes of itself. */
export const diagnosticsWords = {
	title: t("diagnostics.title"),
	lead: t("diagnostics.lead"),
	signOut: t("diagnostics.signOut"),
	copy: {
		title: t("diagnostics.copy.title"),
		body: t("diagnostics.copy.body"),
		button: t("diagnostics.copy.button"),
		copying: t("diagnostics.copy.copying"),
		done: (count: number) => plural("diagnostics.copy.done", count),
		failed: t("diagnostics.copy.failed"),
	},
	send: {
		title: t("diagnostics.send.title"),
		body: (server: string) => t("diagnostics.send.body", { server }),
		guest: t("diagnostics.send.guest"),
		on: t("diagnostics.send.on"),
		off: t("diagnostics.send.off"),
		refused: t("diagnostics.send.refused"),
	},
	clear: {
		title: t("diagnostics.clear.title"),
		body: t("diagnostics.clear.body"),
		button: t("diagnostics.clear.button"),
		done: t("diagnostics.clear.done"),
	},
	see: {
		open: t("diagnostics.see.open"),
		label: t("diagnostics.see.label"),
		filter: t("diagnostics.see.filter"),
		all: t("diagnostics.see.all"),
		warn: t("diagnostics.see.warn"),
		error: t("diagnostics.see.error"),
		none: t("diagnostics.see.none"),
		more: t("diagnostics.see.more"),
		count: (count: number) => plural("diagnostics.see.count", count),
	},
	levels: {
		info: t("diagnostics.levels.info"),
		warn: t("diagnostics.levels.warn"),
		error: t("diagnostics.levels.error"),
	},
};
