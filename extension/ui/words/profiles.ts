import { t } from "../../i18n/t.ts";

/** Which of a login's accounts a connection works with, and how its access is taken back by hand. */
export const profileWords = {
	now: (name: string) => t("profiles.now", { name }),
	choose: t("profiles.choose"),
	change: t("profiles.change"),
	title: (title: string) => t("profiles.title", { title }),
	lead: t("profiles.lead"),
	what: t("profiles.what"),
	none: (title: string) => t("profiles.none", { title }),
	find: t("profiles.find"),
	noneFound: t("profiles.noneFound"),
	use: t("profiles.use"),
	using: t("profiles.using"),
	gone: (name: string) => t("profiles.gone", { name }),
	byHand: (title: string) => t("profiles.byHand", { title }),
	takeBack: (title: string) => t("profiles.takeBack", { title }),
};
