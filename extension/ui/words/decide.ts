import { t } from "../../i18n/t.ts";
/** The sentences of the dialog that asks whose values stay. */
export const decideWords = {
	title: (record: string) => t("decide.title", { record }),
	differs: (provider: string) => t("decide.differs", { provider }),
	ambiguous: (count: number, provider: string) => t("decide.ambiguous", { count, provider }),
	loading: t("decide.loading"),
	column: t("decide.column"),
	theirs: (provider: string) => t("decide.theirs", { provider }),
	ours: t("decide.ours"),
	empty: t("decide.empty"),
	allTheirs: t("decide.allTheirs"),
	allOurs: t("decide.allOurs"),
	save: t("decide.save"),
	saving: t("decide.saving"),
	openRow: (provider: string) => t("decide.openRow", { provider }),
	useRow: t("decide.useRow"),
	missing: t("decide.missing"),
	missingRow: t("decide.missingRow"),
	gone: t("decide.gone"),
	close: t("decide.close"),
};
