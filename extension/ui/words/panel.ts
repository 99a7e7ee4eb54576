import { plural, t } from "../../i18n/t.ts";

/** The sentences of the side panel around its tabs. */
export const panelWords = {
	title: t("panel.title"),
	page: t("panel.page"),
	links: t("panel.links"),
	pick: t("panel.pick"),
	waiting: t("panel.waiting"),
	waitingCount: (count: number) => plural("panel.waitingCount", count),
	nothingWaits: t("panel.nothingWaits"),
	seeAll: t("panel.seeAll"),
	more: (count: number) => plural("panel.more", count),
	inReview: (count: number) => plural("panel.inReview", count),
	openInbox: t("panel.openInbox"),
};
