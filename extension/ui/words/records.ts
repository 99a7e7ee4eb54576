import { listText } from "../../i18n/locale.ts";
import { plural, t } from "../../i18n/t.ts";
import type { LocalRecord } from "../../outbox/types.ts";

/** The sentences of the options page about records and the settings. */
export const recordsWords = {
	lead: t("records.lead"),
	workspaceLead: t("records.workspaceLead"),
	/** As in "Loading the workspace's records". */
	workspaceWhat: t("records.workspaceWhat"),
	filters: {
		all: t("records.filters.all"),
		waiting: t("records.filters.waiting"),
		needs_you: t("records.filters.needs_you"),
		workspace: t("records.filters.workspace"),
	},
	filterLabel: t("records.filterLabel"),
	empty: {
		all: t("records.empty.all"),
		waiting: t("records.empty.waiting"),
		needs_you: t("records.empty.needs_you"),
		workspace: t("records.empty.workspace"),
	},
	search: t("records.search"),
	found: (count: number) => (count === 0 ? "" : plural("records.found", count)),
	nothingFound: (text: string) => t("records.nothingFound", { text }),
	edit: t("records.edit"),
	editOf: (title: string) => t("records.editOf", { title }),
	remove: (title: string) => t("records.remove", { title }),
	removed: (title: string) => t("records.removed", { title }),
	removedRowStays: (title: string, provider: string) => t("records.removedRowStays", { title, provider }),
	retryAll: t("records.retryAll"),
	retry: (title: string) => t("records.retry", { title }),
	noTarget: t("records.noTarget"),
	editTitle: t("records.editTitle"),
	export: t("records.export"),
	exportAs: { csv: t("records.exportAs.csv"), json: t("records.exportAs.json") },
	exportName: (day: string) => `sheaf-records-${day}`,
	exported: (count: number) => plural("records.exported", count),
	more: t("records.more"),
};

/** What a delivered record's row lacks there; null: nothing, or something that only a later version has words for. */
export function noteWords({ state, note }: Pick<LocalRecord, "state" | "note">): string | null {
	if (state !== "delivered" || note?.code !== "picture-left-out") return null;
	return t("records.pictureLeftOut", { columns: listText(note.columns) });
}

export const settingsWords = {
	lead: t("records.settings.lead"),
	theme: t("records.settings.theme"),
	themes: {
		system: t("records.settings.themes.system"),
		light: t("records.settings.themes.light"),
		dark: t("records.settings.themes.dark"),
	},
	menu: t("records.settings.menu"),
	menus: { shown: t("records.settings.menus.shown"), hidden: t("records.settings.menus.hidden") },
	follows: t("records.settings.follows"),
	server: t("records.settings.server"),
	serverNote: t("records.settings.serverNote"),
	serverSaved: t("records.settings.serverSaved"),
	serverProblems: {
		"not-an-address": t("records.settings.serverProblems.not-an-address"),
		insecure: t("records.settings.serverProblems.insecure"),
		"has-path": t("records.settings.serverProblems.has-path"),
	},
	serverUnreachable: t("records.settings.serverUnreachable"),
	checking: t("records.settings.checking"),
	version: (version: string) => t("records.settings.version", { version }),
};
